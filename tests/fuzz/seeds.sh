#!/bin/sh
# Fills the corpora with what the repository has: the texts of cases and pages, and components of the example.
set -eu
cd "$(dirname "$0")/../.."
corpus=tests/fuzz/corpus
mkdir -p $corpus/decode $corpus/manifest $corpus/names $corpus/pipeline $corpus/mutate $corpus/wit $corpus/contracts
# Large files make a fuzzer slow and teach it little.
find tests/ui -name '*.wat' -size -20k | while read -r file; do cp "$file" "$corpus/decode/$(echo "$file" | tr / _)"; done
cp fixtures/components/pricing.wasm $corpus/decode/
find fixtures tests/ui -name '*.toml' -size -20k | while read -r file; do cp "$file" "$corpus/manifest/$(echo "$file" | tr / _)"; done
# The examples of the manual, each block by itself.
awk -v out="$corpus/manifest" '/^```toml/ { n++; on = 1; next } /^```/ { on = 0 } on { print > (out "/manual-" n) }' docs/manifest.md
awk -v out="$corpus/manifest" '/^```toml/ { n++; on = 1; next } /^```/ { on = 0 } on { print > (out "/page-" n) }' docs/errors/*.md
grep -rhoE '[a-z]+:[a-z-]+/[a-z-]+(@[0-9][0-9a-z.+-]*)?' tests/ui docs | sort -u | split -l 4 - $corpus/names/seed-
find tests/ui wit fixtures/guests -name '*.wit' -size -20k | while read -r file; do cp "$file" "$corpus/wit/$(echo "$file" | tr / _)"; done
# Two versions of one package, on either side of a byte that no text has.
find wit fixtures/guests -name '*.wit' -size -20k | while read -r file; do
  { cat "$file"; printf '\0'; sed 's/u32/u64/' "$file"; } > "$corpus/contracts/$(echo "$file" | tr / _)"
done
# Choices: the more bytes, the more of them a fuzzer can change one by one.
for number in $(seq 40); do
  head -c $((number * 8)) /dev/urandom > $corpus/pipeline/seed-$number
  head -c $((number * 2)) /dev/urandom > $corpus/mutate/seed-$number
done
for target in tests/fuzz/regressions/*; do cp "$target"/* "$corpus/$(basename "$target")/"; done
