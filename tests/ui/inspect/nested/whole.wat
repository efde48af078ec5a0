;; A composition inside of a composition: `pair` wires `one` to `two`, and the whole wires `pair` to `three`.
(component $whole
  (import "acme:base/clock" (instance $clock (export "now" (func))))
  (component $three
    (import "acme:base/clock" (instance (export "now" (func))))
    (core module $m (func (export "f")))
    (core instance $i (instantiate $m))
    (func $f (canon lift (core func $i "f")))
    (instance $out (export "f" (func $f)))
    (export "acme:three/api" (instance $out)))
  (component $pair
    (import "acme:three/api" (instance $api (export "f" (func))))
    (component $one
      (core module $m (func (export "f")))
      (core instance $i (instantiate $m))
      (func $f (canon lift (core func $i "f")))
      (instance $out (export "f" (func $f)))
      (export "acme:one/api" (instance $out)))
    (component $two
      (import "acme:one/api" (instance $api (export "f" (func))))
      (import "acme:three/api" (instance (export "f" (func))))
      (alias export $api "f" (func $f))
      (export "run" (func $f)))
    (instance $a (instantiate $one))
    (alias export $a "acme:one/api" (instance $a-api))
    (instance $b (instantiate $two
      (with "acme:one/api" (instance $a-api)) (with "acme:three/api" (instance $api))))
    (alias export $b "run" (func $run))
    (export "run" (func $run)))
  (instance $t (instantiate $three (with "acme:base/clock" (instance $clock))))
  (alias export $t "acme:three/api" (instance $api))
  (instance $p (instantiate $pair (with "acme:three/api" (instance $api))))
  (export "run" (func $p "run")))
