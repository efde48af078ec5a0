(module $calc
  (import "wasi_snapshot_preview1" "fd_write" (func (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
  (data (i32.const 0) "hello")
  (@producers (language "C" "11") (processed-by "clang" "20.1.0")))
