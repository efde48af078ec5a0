(component
  (core module $m
    (func $rate (param i32) (result i32) (if (i32.eqz (local.get 0)) (then unreachable)) (local.get 0))
    (func (export "acme:pricing/rates#price") (param i32) (result i32) (call $rate (local.get 0))))
  (core instance $i (instantiate $m))
  (func $price (param "of" u32) (result u32) (canon lift (core func $i "acme:pricing/rates#price")))
  (instance $rates (export "price" (func $price)))
  (export "acme:pricing/rates" (instance $rates)))
