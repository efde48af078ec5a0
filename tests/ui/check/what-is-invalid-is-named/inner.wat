(component
  (core module $first)
  (core module $engine (func (export "run") (result i32)))
)
