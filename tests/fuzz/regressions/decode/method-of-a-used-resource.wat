(component
  (import "wasi:x/a" (instance $a (export "r" (type (sub resource)))))
  (alias export $a "r" (type $r))
  (import "wasi:x/b" (instance
    (alias outer 1 $r (type $r))
    (export "r" (type $s (eq $r)))
    (export "[method]r.m" (func (param "self" (borrow $s))))))
)
