(component
  (import "t:a/rates" (instance $rates (export "get" (func (param "n" u32) (result u32)))))
  (core func $get (canon lower (func $rates "get")))
  (core module $m (import "r" "get" (func $get (param i32) (result i32)))
    (func (export "total") (param i32) (result i32)
      (i32.add (call $get (local.get 0)) (call $get (i32.add (local.get 0) (i32.const 1))))))
  (core instance $r (export "get" (func $get)))
  (core instance $i (instantiate $m (with "r" (instance $r))))
  (func (export "total") (param "n" u32) (result u32) (canon lift (core func $i "total"))))
