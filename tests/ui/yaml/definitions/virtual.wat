(component
  (import "write" (func $write (param "line" string)))
  (instance $log (export "write" (func $write)))
  (export "log" (instance $log)))
