#!/bin/sh
# A thousand small cases over one component: `sh tests/bench/cases.sh target/release/compose`.
# Tells the wall time of a run; the first one compiles, the second finds what the first left.
set -eu
compose=${1:?the compose to be measured}
here=$(cd "$(dirname "$0")/../.." && pwd)
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
{
    echo "component = \"$here/fixtures/components/pricing.wasm\""
    number=0
    while [ "$number" -lt 1000 ]; do
        printf '\n[[case]]\nname = "case %d"\n' "$number"
        printf "call = 'convert({minor: %d, currency: eur}, eur)'\n" "$number"
        printf "expect = '{minor: %d, currency: eur}'\n" "$number"
        number=$((number + 1))
    done
} > "$folder/cases.toml"
for run in first second; do
    start=$(date +%s%N)
    "$compose" test "$folder/cases.toml" --quiet
    end=$(date +%s%N)
    echo "$run: $(((end - start) / 1000000)) ms"
done
