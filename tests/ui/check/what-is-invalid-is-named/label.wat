(component
  (import "one" (func))
  (import "two" (implements "acme:kv/store") (instance))
)
