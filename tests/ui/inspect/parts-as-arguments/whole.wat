(component $whole
  (core module $lib (func (export "f")))
  (component $plain)
  (component $user
    (import "lib" (core module (export "f" (func))))
    (import "plain" (component)))
  (instance $user (instantiate $user
    (with "lib" (core module $lib))
    (with "plain" (component $plain))))
  (export "lib" (core module $lib))
  (export "plain" (component $plain)))
