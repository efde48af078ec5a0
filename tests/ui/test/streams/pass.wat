(component
  (import "acme:feed/source" (instance $source
    (export "lines" (func (param "first" u32) (result (stream string))))
    (export "total" (func (result (future u64))))))
  (alias export $source "lines" (func $lines))
  (alias export $source "total" (func $total))
  (core func $lines' (canon lower (func $lines)))
  (core func $total' (canon lower (func $total)))
  (core module $m
    (import "source" "lines" (func $lines (param i32) (result i32)))
    (import "source" "total" (func $total (result i32)))
    (func (export "lines") (result i32) (call $lines (i32.const 3)))
    (func (export "total") (result i32) (call $total)))
  (core instance $i (instantiate $m
    (with "source" (instance (export "lines" (func $lines')) (export "total" (func $total'))))))
  (func (export "lines") (result (stream string)) (canon lift (core func $i "lines")))
  (func (export "total") (result (future u64)) (canon lift (core func $i "total"))))
