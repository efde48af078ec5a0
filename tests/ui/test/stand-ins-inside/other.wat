(component
  (core module $m (func (export "get") (param i32) (result i64) (i64.const 1)))
  (core instance $i (instantiate $m))
  (func $get (param "n" u32) (result u64) (canon lift (core func $i "get")))
  (instance $rates (export "get" (func $get)))
  (export "t:a/rates" (instance $rates)))
