(component
  (import "t:a/rates" (instance $rates (export "get" (func (param "n" u32) (result u32)))))
  (import "wasi:random/random@0.2.0" (instance $random (export "get-random-u64" (func (result u64)))))
  (core func $get (canon lower (func $rates "get")))
  (core func $dice (canon lower (func $random "get-random-u64")))
  (core module $m
    (import "r" "get" (func $get (param i32) (result i32)))
    (import "r" "dice" (func $dice (result i64)))
    (func (export "total") (param i32) (result i32)
      (i32.add (call $get (local.get 0)) (i32.wrap_i64 (call $dice)))))
  (core instance $r (export "get" (func $get)) (export "dice" (func $dice)))
  (core instance $i (instantiate $m (with "r" (instance $r))))
  (func (export "total") (param "n" u32) (result u32) (canon lift (core func $i "total"))))
