(component
  (type $i (instance (export "f" (func))))
  (import "a:b/left" (instance $l (type $i)))
  (import "a:b/right" (instance $r (type $i)))
  (export "a:b/out-left" (instance $l))
  (export "a:b/out-right" (instance $r)))
