(component
  (type (;0;)
    (instance
      (type (;0;) (func (result u64)))
      (export (;0;) "get-random-u64" (func (type 0)))
    )
  )
  (import "wasi:random/random@0.2.6" (instance $i (;0;) (type 0)))
  (export (;1;) "acme:app/rng" (instance $i))
)
