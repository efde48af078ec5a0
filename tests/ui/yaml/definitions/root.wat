(component
  (import "log" (instance (export "write" (func (param "line" string)))))
  (import "clock" (instance (export "now" (func (result u64)))))
  (import "missing" (instance (export "f" (func)))))
