(component (import "wasi:x/y" (instance)))
