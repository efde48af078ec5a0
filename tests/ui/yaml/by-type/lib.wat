(component
  (import "f" (func $f))
  (import "g" (func $g (result u32)))
  (instance $small (export "f" (func $f)))
  (instance $large (export "f" (func $f)) (export "g" (func $g)))
  (export "small" (instance $small))
  (export "large" (instance $large)))
