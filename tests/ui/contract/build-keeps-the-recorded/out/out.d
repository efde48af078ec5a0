out.wasm: \
  compose.contracts.lock \
  compose.toml \
  kv.wasm

compose.contracts.lock:

compose.toml:

kv.wasm:
