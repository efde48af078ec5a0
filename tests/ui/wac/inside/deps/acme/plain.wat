(component
  (import "tools" (instance (export "now" (func (result u64)))))
  (import "now" (func $now (result u64)))
  (export "later" (func $now)))
