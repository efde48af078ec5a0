(component
  (import "acme:pricing/rates" (instance $rates (export "price" (func (param "of" u32) (result u32)))))
  (import "acme:desk/quote" (instance $quote (export "ask" (func (param "of" u32) (result u32)))))
  (core func $price (canon lower (func $rates "price")))
  (core func $ask (canon lower (func $quote "ask")))
  (core module $m
    (import "rates" "price" (func $price (param i32) (result i32)))
    (import "quote" "ask" (func $ask (param i32) (result i32)))
    (func (export "run") (result i32)
      (drop (call $price (i32.const 7)))
      (drop (call $ask (i32.const 0)))
      (i32.const 0)))
  (core instance $i (instantiate $m
    (with "rates" (instance (export "price" (func $price))))
    (with "quote" (instance (export "ask" (func $ask))))))
  (func $run (result (result)) (canon lift (core func $i "run")))
  (instance $cli (export "run" (func $run)))
  (export "wasi:cli/run@0.2.6" (instance $cli)))
