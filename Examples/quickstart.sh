#!/usr/bin/env bash
# Draws a small face-liveness dataset with leaks planted in it, audits it, certifies it and verifies the certificate.
# Needs Swift; installs what else is missing. Writes only below .build/.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=Tests/setup.sh
source Tests/setup.sh

heading() { printf '\n== %s\n' "$*"; }

# expect STATUSES COMMAND...: shows the command, runs it, and stops unless it ends with one of the statuses.
expect() {
  local statuses=$1 status=0
  shift
  printf '$ %s\n' "${*/#"$bin"\//}"
  "$@" || status=$?
  printf '(status %d)\n' "$status"
  [[ " $statuses " == *" $status "* ]] && return
  say "error: '${*/#"$bin"\//}' ended with status $status where $statuses was expected"
  exit 1
}

heading "what the build needs"
set_up
echo "all there"

heading "build (four to six minutes the first time)"
bin=$(build splitseal make-liveness)

work=$PWD/.build/quickstart
rm -rf "$work"
mkdir -p "$work"
cd "$work"

heading "a dataset of drawn faces, with leaks planted in it"
expect 0 "$bin/make-liveness" liveness

heading "audit: does test leak into train, and are the classes as declared? (status 1: it found something)"
expect 1 "$bin/splitseal" scan liveness/manifest.csv --html report.html --json report.json --pairs pairs.csv

heading "was every planted copy found?"
planted=0
while IFS= read -r line; do
  # test_path,train_path,"disguise",rule
  rule=${line##*,}
  IFS=, read -r test_path train_path _ <<<"$line"
  grep -qF "$rule,train,$train_path,test,$test_path," pairs.csv || {
    say "error: $test_path is a copy of $train_path, and pairs.csv has no $rule of the two"
    exit 1
  }
  planted=$((planted + 1))
done < <(tail -n +2 liveness/PLANTED.csv)
echo "all $planted are in pairs.csv"

heading "certificate: sign what was checked and found (status 1 again: a certificate may well say 'fail')"
expect 0 "$bin/splitseal" keygen -o author
expect "0 1" "$bin/splitseal" certify liveness/manifest.csv --key author.key | sed -n '1p; 2s/$/ ... (the report as above)/p; /^Certificate/,$p'

heading "verify: are these the files that the certificate speaks of?"
expect 0 "$bin/splitseal" verify liveness/manifest.csv --public-key author.pub

heading "the same after one bit of one image has changed (status 1, and the file is named)"
image=$(sed -n '2{s/,.*//;p;}' liveness/manifest.csv)
flip_bit() { # of the byte at offset 100
  local byte
  byte=$(od -An -tu1 -j100 -N1 "liveness/$image" | tr -d ' ')
  # shellcheck disable=SC2059 # the format is the byte
  printf "\\$(printf %03o $((byte ^ 1)))" | dd of="liveness/$image" bs=1 seek=100 conv=notrunc 2>/dev/null
}
flip_bit
expect 1 "$bin/splitseal" verify liveness/manifest.csv --public-key author.pub 2>&1 | tee verify.txt
grep -qF "$image" verify.txt || {
  say "error: verify does not name $image"
  exit 1
}
flip_bit

heading "repair: the fewest images dropped so that no copy and no subject is in two splits, and the classes are as declared"
expect 0 "$bin/splitseal" repair liveness/manifest.csv -o clean
expect 0 "$bin/splitseal" scan clean/manifest.csv --root liveness | sed -n '1p; 2s/$/ ... (the report, as above)/p; $p'

heading "done"
echo "the dataset:  .build/quickstart/liveness (the changed bit is back)"
echo "the report:   .build/quickstart/report.html, for a browser; report.json and pairs.csv for programs"
echo "the repair:   .build/quickstart/clean/manifest.csv and repair.csv, which says why for each image"
