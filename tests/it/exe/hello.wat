;; A command that prints "hello" and ends well if that was written; it needs nothing but what every host gives.
(component $C
  (import "wasi:io/error@0.2.0" (instance $errors (export "error" (type (sub resource)))))
  (alias export $errors "error" (type $error))
  (import "wasi:io/streams@0.2.0" (instance $streams
    (export "output-stream" (type $stream (sub resource)))
    (alias outer $C $error (type $outer))
    (export "error" (type $here (eq $outer)))
    (type $failure (variant (case "last-operation-failed" (own $here)) (case "closed")))
    (export "stream-error" (type $named (eq $failure)))
    (export "[method]output-stream.blocking-write-and-flush"
      (func (param "self" (borrow $stream)) (param "contents" (list u8)) (result (result (error $named)))))))
  (alias export $streams "output-stream" (type $stream))
  (import "wasi:cli/stdout@0.2.0" (instance $stdout
    (alias outer $C $stream (type $outer))
    (export "output-stream" (type $here (eq $outer)))
    (export "get-stdout" (func (result (own $here))))))
  (core module $memory (memory (export "memory") 1))
  (core instance $memory (instantiate $memory))
  (core func $get (canon lower (func $stdout "get-stdout")))
  (core func $write (canon lower
    (func $streams "[method]output-stream.blocking-write-and-flush") (memory (core memory $memory "memory"))))
  (core module $main
    (import "host" "get" (func $get (result i32)))
    (import "host" "write" (func $write (param i32 i32 i32 i32)))
    (import "memory" "memory" (memory 1))
    (data (i32.const 16) "hello\n")
    (func (export "run") (result i32)
      (call $write (call $get) (i32.const 16) (i32.const 6) (i32.const 0))
      (i32.load8_u (i32.const 0))))
  (core instance $main (instantiate $main
    (with "host" (instance (export "get" (func $get)) (export "write" (func $write))))
    (with "memory" (instance $memory))))
  (func $run (result (result)) (canon lift (core func $main "run")))
  (instance $exported (export "run" (func $run)))
  (export "wasi:cli/run@0.2.0" (instance $exported)))
