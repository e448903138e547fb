#!/usr/bin/env bash
# Decodes fixtures, all their prefixes and all their single-byte changes under AddressSanitizer and
# UndefinedBehaviorSanitizer, and runs the detector's C on odd sizes and extreme values; with --fuzz, lets libFuzzer loose
# on the decoders, and on the baseline decoder beside libjpeg, for so many seconds each.
#
#   Tests/asan.sh                 about two minutes
#   Tests/asan.sh --fuzz 180      and then twice three minutes of libFuzzer
set -euo pipefail
cd "$(dirname "$0")/.."

seconds=0
if [[ ${1:-} == --fuzz && ${2:-} =~ ^[0-9]+$ ]]; then
  seconds=$2
elif [[ $# -gt 0 ]]; then
  echo "usage: Tests/asan.sh [--fuzz SECONDS]" >&2
  exit 2
fi

# The clang that comes with Swift brings the sanitizers' runtimes along.
clang=${CLANG:-}
if [[ -z $clang ]] && command -v swift >/dev/null; then
  beside_swift=$(dirname "$(readlink -f "$(command -v swift)")")/clang
  if [[ -x $beside_swift ]]; then clang=$beside_swift; fi
fi
clang=${clang:-$(command -v clang || true)}
work=.build/asan
mkdir -p "$work"

# Says whether a program can be built with the given flags.
builds() { echo 'int main(void) { return 0; }' | "$clang" -x c "$@" - -o "$work/probe" 2>/dev/null; }

if [[ -z $clang ]] || ! builds -fsanitize=address,undefined; then
  echo "asan: skipped, there is no clang with the sanitizers' runtimes (set CLANG to its path)"
  exit 0
fi

read -ra libraries <<<"$(pkg-config --cflags --libs libjpeg libpng)"
flags=(-std=c11 -g -O1 -fno-omit-frame-pointer -fno-sanitize-recover=all -Wall -Wextra
  -ISources/Pixels/CImageCodecs/include -ISources/Detector/CVision/include -ISources/Detector/CDotProduct/include
  -ITests/Support/CTestImages/include)
codecs=(Sources/Pixels/CImageCodecs/*/*.c)
kernels=(Sources/Detector/CVision/*.c Sources/Detector/CVision/Generated/*.c Sources/Detector/CDotProduct/*.c)
# GNU gold warns about each of the runtime's symbols.
if builds -fuse-ld=lld; then flags+=(-fuse-ld=lld); fi

# All decoders; and the baseline decoder, held against libjpeg.
for target in decode baseline; do
  "$clang" "${flags[@]}" -fsanitize=address,undefined "${codecs[@]}" "Tests/Fuzz/${target}_fuzzer.c" \
    Tests/Fuzz/replay.c Tests/Support/CTestImages/*.c "${libraries[@]}" -o "$work/replay-$target"
  "$work/replay-$target" >"$work/replay-$target.log" || {
    echo "asan: failed, see $work/replay-$target.log" >&2
    exit 1
  }
  echo "asan: $target, $(wc -l <"$work/replay-$target.log") fixtures with all prefixes and single-byte changes," \
    "nothing found"
done

"$clang" "${flags[@]}" -fsanitize=address,undefined "${kernels[@]}" Tests/Fuzz/kernels.c -lm \
  -o "$work/kernels"
"$work/kernels" >"$work/kernels.log" || {
  echo "asan: failed, see $work/kernels.log" >&2
  exit 1
}
echo "asan: $(cat "$work/kernels.log"), nothing found"

if ((seconds > 0)); then
  mkdir -p "$work/seeds"
  "$work/replay-decode" --write "$work/seeds"
  for target in decode baseline; do
    "$clang" "${flags[@]}" -fsanitize=fuzzer,address,undefined "${codecs[@]}" \
      "Tests/Fuzz/${target}_fuzzer.c" "${libraries[@]}" -o "$work/fuzzer-$target"
    mkdir -p "$work/corpus-$target"
    "$work/fuzzer-$target" -max_total_time="$seconds" -max_len=4096 -timeout=10 -rss_limit_mb=2048 \
      -print_final_stats=1 -artifact_prefix="$work/$target-" "$work/corpus-$target" "$work/seeds"
  done
fi
