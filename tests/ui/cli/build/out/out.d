out.wasm: \
  kv.wasm \
  shop.wasm

kv.wasm:

shop.wasm:
