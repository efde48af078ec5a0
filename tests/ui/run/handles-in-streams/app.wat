(component
  (import "acme:shelf/books" (instance $books
    (export "book" (type $book (sub resource)))
    (export "all" (func (result (stream (own $book)))))
    (export "count" (func (result u32)))))
  (alias export $books "all" (func $all))
  (alias export $books "count" (func $count))
  (core func $all' (canon lower (func $all)))
  (core func $count' (canon lower (func $count)))
  (core module $m
    (import "books" "all" (func (result i32)))
    (import "books" "count" (func $count (result i32)))
    (func (export "run") (result i32) (call $count)))
  (core instance $i (instantiate $m
    (with "books" (instance (export "all" (func $all')) (export "count" (func $count'))))))
  (func (export "run") (result u32) (canon lift (core func $i "run"))))
