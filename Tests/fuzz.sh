#!/usr/bin/env bash
# Lets libFuzzer loose on the readers of what strangers write, under AddressSanitizer: certificate, statement, records, lists
# of signers, keys, timestamps, shards, packs, policies, waivers, decisions, Croissant, tables, images. What it finds new goes to .build/fuzz/corpus, what it breaks to .build/fuzz/found.
#
#   Tests/fuzz.sh                             every target for five minutes
#   Tests/fuzz.sh --seconds 60 keys signers   these two for one minute each
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=Tests/setup.sh
source Tests/setup.sh
set_up

seconds=300
targets=()
while [ $# -gt 0 ]; do
  case $1 in
    --seconds)
      seconds=${2:-}
      [[ $seconds =~ ^[0-9]+$ ]] || stop "--seconds needs a whole number" "Tests/fuzz.sh --seconds 300"
      shift 2
      ;;
    -*) stop "unknown flag $1" "usage: Tests/fuzz.sh [--seconds N] [TARGET...]" ;;
    *)
      [ -d "Tests/Fuzz/Corpus/$1" ] || stop "there is no target $1" "they are the folders in Tests/Fuzz/Corpus"
      targets+=("$1")
      shift
      ;;
  esac
done
if [ ${#targets[@]} -eq 0 ]; then
  for folder in Tests/Fuzz/Corpus/*/; do targets+=("$(basename "$folder")"); done
fi

runtime=$(find "$(dirname "$(realpath "$(command -v swift)")")/../lib" -name 'libclang_rt.fuzzer*' 2>/dev/null | head -n 1)
if [ -z "$runtime" ]; then
  say "fuzz: skipped, this Swift comes without libFuzzer (on a Mac, use the toolchain of swift.org)"
  exit 0
fi

# A build of its own, as every module is instrumented. SwiftPM keeps the sanitizers in a set: with other hashes they would
# be in another order the next time, and everything would be built anew.
work=.build/fuzz
export SPLITSEAL_FUZZ=1 SWIFT_DETERMINISTIC_HASHING=1
build=(swift build --scratch-path "$work/build" --product fuzz-inputs --sanitize fuzzer --sanitize address
  -Xswiftc -O -Xswiftc -enable-testing)
"${build[@]}" >&2
program=$("${build[@]}" --show-bin-path)/fuzz-inputs

status=0
# Leaks are not looked for: Swift keeps the case of an enumeration in spare bits of its pointers, which hides the memory
# from the search.
for target in "${targets[@]}"; do
  mkdir -p "$work/corpus/$target" "$work/found"
  log=$work/$target.log
  if SPLITSEAL_FUZZ=$target ASAN_OPTIONS=detect_leaks=0 "$program" -max_total_time="$seconds" -max_len=8192 -timeout=30 \
    -rss_limit_mb=2048 -print_final_stats=1 -artifact_prefix="$work/found/$target-" \
    "$work/corpus/$target" "Tests/Fuzz/Corpus/$target" 2>"$log"; then
    say "fuzz: $target, $(sed -n 's/^stat::number_of_executed_units: *//p' "$log") executions in $seconds s, nothing found"
  else
    say "fuzz: $target, FOUND something: see $log and $work/found"
    status=1
  fi
done
exit "$status"
