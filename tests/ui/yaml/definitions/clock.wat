(component
  (import "tick" (func $tick (result u64)))
  (export "now" (func $tick)))
