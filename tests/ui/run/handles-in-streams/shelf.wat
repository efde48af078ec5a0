(component
  (core module $m (func (export "all") (result i32) unreachable) (func (export "count") (result i32) i32.const 7))
  (core instance $i (instantiate $m))
  (type $book' (resource (rep i32)))
  (component $books
    (import "book" (type $book (sub resource)))
    (import "all" (func $all (result (stream (own $book)))))
    (import "count" (func $count (result u32)))
    (export $b "book" (type $book))
    (export "all" (func $all) (func (result (stream (own $b)))))
    (export "count" (func $count)))
  (func $all (result (stream (own $book'))) (canon lift (core func $i "all")))
  (func $count (result u32) (canon lift (core func $i "count")))
  (instance $books (instantiate $books
    (with "book" (type $book')) (with "all" (func $all)) (with "count" (func $count))))
  (export "acme:shelf/books" (instance $books)))
