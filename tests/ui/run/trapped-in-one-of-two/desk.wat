(component
  (import "acme:pricing/rates" (instance $rates (export "price" (func (param "of" u32) (result u32)))))
  (core func $price (canon lower (func $rates "price")))
  (core module $m
    (import "rates" "price" (func $price (param i32) (result i32)))
    (func (export "acme:desk/quote#ask") (param i32) (result i32) (call $price (local.get 0))))
  (core instance $i (instantiate $m (with "rates" (instance (export "price" (func $price))))))
  (func $ask (param "of" u32) (result u32) (canon lift (core func $i "acme:desk/quote#ask")))
  (instance $quote (export "ask" (func $ask)))
  (export "acme:desk/quote" (instance $quote)))
