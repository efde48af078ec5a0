(component
  (import "write" (func $write (param "line" string)))
  (instance $log (export "write" (func $write)))
  (export "one" (instance $log))
  (export "other" (instance $log)))
