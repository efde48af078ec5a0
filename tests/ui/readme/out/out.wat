(component
  (component $stdin (;0;))
  (instance $stdin (;0;) (instantiate $stdin))
)
