(component
  (core module $m
    (func (export "boom") unreachable)
    (func (export "twice") (param i32) (result i32) local.get 0 i32.const 2 i32.mul))
  (core instance $i (instantiate $m))
  (func (export "boom") (canon lift (core func $i "boom")))
  (func (export "twice") (param "n" u32) (result u32) (canon lift (core func $i "twice"))))
