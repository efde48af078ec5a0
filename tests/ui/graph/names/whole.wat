;; Names that are markup somewhere, as no tool of ours writes them but a file may have them.
(component
  (component $one
    (core module $m (func (export "f")))
    (core instance $i (instantiate $m))
    (func $f (canon lift (core func $i "f")))
    (export "f" (func $f)))
  (component $two (import "f" (func)))
  (instance $a (@name "a \"quoted\" -> \\N; <b>bold</b> # | `x`") (instantiate $one))
  (alias export $a "f" (func $f))
  (instance $b (@name "]; digraph {\u{1b}[31m\nend") (instantiate $two (with "f" (func $f)))))
