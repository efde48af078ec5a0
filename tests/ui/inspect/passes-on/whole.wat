;; `front` is given `mid`, which only passes on what `store` exports; one import is put together of two instances.
(component
  (import "acme:log/sink" (instance $log (export "put" (func))))
  (component $store
    (core module $m (func (export "f")))
    (core instance $i (instantiate $m))
    (func $f (canon lift (core func $i "f")))
    (instance $out (export "get" (func $f)))
    (export "acme:kv/store" (instance $out)))
  (component $mid
    (import "acme:kv/store" (instance $in (export "get" (func))))
    (export "acme:kv/store" (instance $in)))
  (component $front
    (import "acme:kv/store" (instance $in (export "get" (func))))
    (import "acme:both/both" (instance (export "get" (func)) (export "put" (func))))
    (export "acme:kv/again" (instance $in)))
  (instance $store (instantiate $store))
  (instance $mid (instantiate $mid (with "acme:kv/store" (instance $store "acme:kv/store"))))
  (alias export $mid "acme:kv/store" (instance $kv))
  (alias export $kv "get" (func $get))
  (alias export $log "put" (func $put))
  (instance $both (export "get" (func $get)) (export "put" (func $put)))
  (instance $front (instantiate $front (with "acme:kv/store" (instance $kv)) (with "acme:both/both" (instance $both))))
  (export "acme:kv/again" (instance $front "acme:kv/again")))
