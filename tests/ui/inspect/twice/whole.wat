;; One component embedded twice and instantiated three times; a module that two components have.
(component
  (component $a (core module $libc (memory 1)) (core instance (instantiate $libc)))
  (component $b (core module $libc (memory 1)) (core instance (instantiate $libc)))
  (component $c (core module $libc (memory 1)) (core instance (instantiate $libc)) (@producers (sdk "ours" "1")))
  (instance (instantiate $a))
  (instance (instantiate $a))
  (instance (instantiate $b))
  (instance $last (instantiate $c)))
