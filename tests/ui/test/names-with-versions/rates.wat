(component
  (core module $m (func (export "get") (param i32) (result i32)
    (if (i32.eq (local.get 0) (i32.const 13)) (then unreachable))
    (i32.mul (local.get 0) (i32.const 2))))
  (core instance $i (instantiate $m))
  (func $get (param "n" u32) (result u32) (canon lift (core func $i "get")))
  (instance $rates (export "get" (func $get)))
  (export "t:a/rates" (instance $rates)))
