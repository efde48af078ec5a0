(component
  (core module $m (global $calls (mut i32) (i32.const 0))
    (func (export "get") (param i32) (result i32)
      (global.set $calls (i32.add (global.get $calls) (i32.const 1)))
      (i32.mul (i32.const 100) (global.get $calls))))
  (core instance $i (instantiate $m))
  (func $get (param "n" u32) (result u32) (canon lift (core func $i "get")))
  (instance $rates (export "get" (func $get)))
  (export "t:a/rates" (instance $rates)))
