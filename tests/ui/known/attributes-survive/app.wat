(component
  (import "left" (implements "a:b/c@1.0.0") (external-id "one") (instance $l (export "f" (external-id "two") (func))))
  (import "plain" (external-id "three") (func))
  (import "a:b/d@0.2" (version-suffix ".3") (instance))
  (export "right" (implements "a:b/c@1.0.0") (external-id "four") (instance $l)))
