#!/bin/sh
# The tests of chance, at length: tests/long.sh rebuild 1000
set -eu
test $# -eq 2 || { echo "usage: tests/long.sh rebuild|crash_safety|edit_storm <times>" >&2; exit 2; }
cd "$(dirname "$0")/.."
KEDANG_LONG="$2" exec cargo test --release --test integration "$1::" -- --nocapture
