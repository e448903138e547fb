#!/usr/bin/env bash
# Counts the instructions of each hot path by valgrind's callgrind, which does not depend on how busy a machine is:
# Tests/Benchmarks/instructions.sh [--check FILE | --write FILE] [PATH...]
# What is counted is the difference between 2 N and N runs: starting the program and drawing the input are not in it.
# --check fails where a count is more than 5 % above that of FILE; --write makes FILE. Valgrind knows no AVX-512, so the
# code for AVX2 is what runs; counts of other compilers and versions of libjpeg, libpng and zlib differ.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
# shellcheck source=Tests/setup.sh
source Tests/setup.sh
set_up
command -v valgrind >/dev/null || install_packages valgrind
command -v strip >/dev/null || install_packages binutils

mode=print file=
case ${1:-} in
  --check | --write)
    mode=${1#--}
    file=${2:?"$1 needs a file"}
    shift 2
    ;;
esac

swift build -c release --product hot-paths >&2
built=$(swift build -c release --show-bin-path)/hot-paths
# Valgrind does not understand Swift's debug information.
program=$built-stripped
strip --strip-debug -o "$program" "$built"
[ $# -gt 0 ] || mapfile -t all < <("$program" --list)
[ $# -gt 0 ] || set -- "${all[@]}"

# Instructions of so many runs of a path.
count() {
  SWIFT_DETERMINISTIC_HASHING=1 valgrind --tool=callgrind --callgrind-out-file=/dev/null \
    "$program" "$1" --count "$2" 2>&1 | sed -nE 's/.*Collected : ([0-9]+).*/\1/p'
}

runs=4 failed=0
[ "$mode" != write ] || touch "$file"
printf '%-14s %16s\n' path instructions
for path in "$@"; do
  twice=$(count "$path" $((2 * runs)))
  once=$(count "$path" $runs)
  if [ -z "$twice" ] || [ -z "$once" ]; then
    stop "$path: valgrind counted nothing" "run it by hand: valgrind $program $path"
  fi
  each=$(((twice - once) / runs))
  note=
  if [ "$mode" = write ]; then
    others=$(awk -F '\t' -v path="$path" '$1 != path' "$file")
    { [ -z "$others" ] || printf '%s\n' "$others"; printf '%s\t%s\n' "$path" "$each"; } >"$file"
  fi
  if [ "$mode" = check ]; then
    known=$(awk -F '\t' -v path="$path" '$1 == path { print $2 }' "$file")
    if [ -z "$known" ]; then
      note='not in the file'
    elif [ $((each * 100)) -gt $((known * 105)) ]; then
      note="was $known"
      failed=1
    fi
  fi
  printf '%-14s %16s %s\n' "$path" "$each" "$note"
done
exit "$failed"
