(component
  (import "write" (func $write (param "line" string)))
  (import "level" (func $level (result u32)))
  (export "level-of-it" (func $level)))
