(component
  (import "f" (func $f))
  (export "a:b/c" (func $f))
)
