(component
  (import "a" (instance (export "f" (func))))
  (import "b" (instance (export "f" (func)) (export "g" (func (result u32))))))
