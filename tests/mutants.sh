#!/usr/bin/env bash
# The mutation gate: changes the code in one place at a time and demands that a test notices.
#
#   tests/mutants.sh [SHARD/SHARDS]     default 0/10, a tenth of the mutants chosen evenly
#
# Needs cargo-mutants (`cargo install cargo-mutants --locked`). Survivors are listed in mutants.out/missed.txt; each has to
# be noticed by a new test, or explained in docs/testing.md.
set -euo pipefail
cd "$(dirname "$0")/.."
export COMPOSE_WORLDS="${COMPOSE_WORLDS:-40}"
exec cargo mutants --package component-compose --shard "${1:-0/10}" --sharding round-robin --no-shuffle "${@:2}"
