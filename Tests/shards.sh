#!/usr/bin/env bash
# What scan says is what hash and match say, byte by byte: hashed in three parts with any number of workers, put together in
# any order and through pipes, of the example dataset and of one with labels, groups, several inputs and unreadable files.
# Usage: Tests/shards.sh
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=Tests/setup.sh
source Tests/setup.sh
set_up

bin=$(build splitseal make-liveness)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$bin/make-liveness" "$work/liveness" >/dev/null
cd "$work"

# run NAME COMMAND...: runs with all outputs to NAME.*, and leaves the status in NAME.status.
run() {
  local name=$1 status=0
  shift
  "$bin/splitseal" "$@" --no-cache --json "$name.json" --pairs "$name.csv" --fingerprints "$name.jsonl" \
    --min-score 0.2 >"$name.out" || status=$?
  [ "$status" -ne 2 ] || stop "$name: could not run" "see above"
  # The report ends with the command.
  sed '$d' "$name.out" >"$name.txt"
  echo "$status" >"$name.status"
}

# same WHAT: whether match said what scan said.
same() {
  local part
  for part in json csv jsonl txt status; do
    cmp "scan.$part" "match.$part" || stop "$1: match says something else than scan" "compare the two"
  done
  say "same outputs: $1"
}

# Hashes in three parts with 1, 2 and 8 workers.
hash_parts() {
  local part jobs=(1 2 8)
  for part in 1 2 3; do
    "$bin/splitseal" hash "$@" --pdq --quiet --no-cache --part "$part/3" --jobs "${jobs[part - 1]}" -o "part$part.fp"
  done
}

run scan scan liveness/manifest.csv
hash_parts liveness/manifest.csv
for jobs in 1 2 8; do
  run match match part2.fp part3.fp part1.fp --root liveness --jobs "$jobs"
  same "example, three parts, $jobs workers"
done
cat part3.fp part1.fp part2.fp | run match match - --root liveness
same "example, through a pipe"
run match match 'part*.fp' --root liveness --method pdq
run scan scan liveness/manifest.csv --method pdq
same "example, PDQ"
# Without the images nothing beside them is read.
run scan scan liveness/manifest.csv --method pdq --no-policy
run match match 'part*.fp' --method pdq --no-policy
same "example, PDQ, without the images"
# A copy of the images elsewhere.
cp -R liveness elsewhere
run scan scan liveness/manifest.csv --probe
run match match 'part*.fp' --root elsewhere --probe
same "example, images elsewhere, probed"

# Another dataset of the same images: folders that are splits, a table with groups in another folder, files that are
# missing, cut off and no images.
mkdir -p set/train/real set/train/spoof set/test/real set/test/spoof set/more/files
number=0
for image in liveness/images/t*/*/*; do
  split=$(basename "$(dirname "$(dirname "$image")")")
  label=$(basename "$(dirname "$image")")
  number=$((number + 1))
  case $((number % 3)) in
    0) cp "$image" "set/$split/$label/" ;;
    1) cp "$image" "set/more/files/$number" ;;
  esac
done
echo "not an image" >set/train/real/text.jpg
head -c 900 "liveness/$(sed -n '2{s/,.*//;p;}' liveness/manifest.csv)" >set/test/real/cut.png
{
  echo "file_name,split,category,subject"
  for file in set/more/files/*; do
    echo "files/$(basename "$file"),dev,$((${#file} % 2 == 0 ? 1 : 2)),s${file: -1}"
  done
  echo "files/gone.png,dev,1,"
} >set/more/list.csv

inputs=(train=set/train test=set/test set/more/list.csv)
run scan scan "${inputs[@]}"
hash_parts "${inputs[@]}"
run match match 'part*.fp' --root set
same "several inputs, three parts"
for number in 0 1 2; do
  "$bin/splitseal" hash "${inputs[number]}" --pdq --quiet --no-cache -o "input$number.fp"
done
run match match train=input0.fp 'test=input1*' input2.fp --root set
same "several inputs, hashed one by one"
cat input0.fp input1.fp input2.fp >all.fp
run match match all.fp --root set --jobs 8
same "several inputs, hashed one by one, put together"
