(component
  (type $t (instance
      (export "r" (type $r (sub resource)))
      (type $own (own $r))
      (type $case (variant (case "a" $own) (case "b")))
      (export "choice" (type $choice (eq $case)))
      (export "other" (type $other (eq $choice)))
      (type $maybe (option $other))
      (export "f" (func (param "x" $maybe)))))
 (import "a:b/i" (instance $a (type $t)))
  (export "a:b/z" (instance $a)))
