#!/usr/bin/env bash
# The report is the same, byte by byte, with any number of workers, without a cache, with one that is empty, full, half full,
# or shared by two scans, and after the scan was killed at twenty random moments. A file that is no cache is refused.
# Usage: Tests/cache.sh [DATASET]
# Without DATASET the example's pictures are drawn. SEED makes the moments others.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=Tests/setup.sh
source Tests/setup.sh
set_up

bin=$(build splitseal make-liveness)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dataset=${1:-$work/liveness/manifest.csv}
[ $# -gt 0 ] || "$bin/make-liveness" "$work/liveness" >/dev/null
RANDOM=${SEED:-1}

# Scans with the given flags and compares the report with the first one.
scan() {
  local what=$1 status=0
  shift
  "$bin/splitseal" scan "$dataset" --json "$work/report.json" --quiet "$@" || status=$?
  [ "$status" -ne 2 ] || stop "$what: the scan could not run" "see above"
  [ -e "$work/expected.json" ] || cp "$work/report.json" "$work/expected.json"
  cmp "$work/report.json" "$work/expected.json" || stop "$what: another report than without a cache" "compare the two"
  say "same report: $what"
}

milliseconds() { date +%s%N | cut -c1-13; }

scan "1 worker, no cache" --no-cache --jobs 1
started=$(milliseconds)
scan "2 workers, no cache" --no-cache --jobs 2
duration=$(($(milliseconds) - started))
scan "8 workers, no cache" --no-cache --jobs 8
# Stamps count once files have not changed for two seconds.
sleep 2
cache=$work/store.sqlite
scan "empty cache" --cache "$cache" --jobs 2
scan "full cache" --cache "$cache" --jobs 1
scan "full cache, 8 workers" --cache "$cache" --jobs 8
rm -f "$cache"*

for round in $(seq 20); do
  [ $((round % 5)) -ne 1 ] || rm -f "$cache"*
  "$bin/splitseal" scan "$dataset" --quiet --cache "$cache" >/dev/null 2>&1 &
  scanning=$!
  moment=$((RANDOM % (duration + 50)))
  sleep "$(printf '%d.%03d' $((moment / 1000)) $((moment % 1000)))"
  kill -9 "$scanning" 2>/dev/null || true
  wait "$scanning" 2>/dev/null || true
  scan "killed after $moment ms, then resumed" --cache "$cache" --jobs $((round % 3 + 1))
  ! compgen -G "$cache.damaged*" >/dev/null || stop "killed after $moment ms: the cache was damaged" "look at $cache.damaged*"
done

echo "not a cache" >"$work/notes.txt"
cp -p "$work/notes.txt" "$work/before.txt"
status=0
"$bin/splitseal" scan "$dataset" --quiet --cache "$work/notes.txt" >/dev/null 2>&1 || status=$?
[ "$status" -eq 2 ] || stop "a file that is no cache ends with status $status" "it should be refused with status 2"
cmp "$work/notes.txt" "$work/before.txt" || stop "a file that is no cache was changed" "compare the two"
[ "$(find "$work" -name 'notes.txt*' | wc -l)" -eq 1 ] || stop "files were made beside one that is no cache" "see $work"
say "refused: a file that is no cache"

rm -f "$cache"*
"$bin/splitseal" scan "$dataset" --quiet --cache "$cache" >/dev/null 2>"$work/errors" &
scanning=$!
scan "two scans at once" --cache "$cache"
wait "$scanning" || true
[ ! -s "$work/errors" ] || stop "two scans at once: $(cat "$work/errors")" "one of them could not use the cache"
scan "after two scans at once" --cache "$cache"
