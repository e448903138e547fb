#!/usr/bin/env bash
# Measures SplitSeal and its peers on the same images in the same run, and writes docs/benchmarks.md.
#
#   Tests/Benchmarks/peers.sh --cifar DIR [--leaks CSV [--tests LIST]] --edits DIR --photos DIR [--only TOOL] [--limit SECONDS]
#
#   --cifar   CIFAR-10 as JPEGs: train/CLASS/*.jpg and test/CLASS/*.jpg
#   --leaks   pairs of it that people judged: a CSV of test,train,verdict (leak, clean, unsure)
#   --tests   the test images that they looked at, one a line
#   --edits   train/*.jpg, and test/EDIT__NAME.* made of them and test/clean__* of others
#   --photos  photographs as JPEGs, for the ratio to what the codec allows
#   --only    measures one tool anew: splitseal, imagededup, pdq, fastdup, cleanvision, doctor, codec
#   --limit   seconds that a peer may take on one dataset (600)
#
# A dataset that is not given is left out. Peers are installed from their package index into environments under .build/peers,
# results stay there, and the document is made of all of them. SPLITSEAL names a program to measure instead of a new build.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
# shellcheck source=Tests/setup.sh
source Tests/setup.sh

cifar='' leaks='' tests='' edits='' photos='' only='' limit=600
while [ $# -gt 0 ]; do
  case $1 in
    --cifar | --leaks | --tests | --edits | --photos | --only | --limit)
      [ $# -gt 1 ] || stop "$1 needs a value" "see the head of this script"
      declare "${1#--}=$2"
      shift 2
      ;;
    *) stop "unknown argument $1" "see the head of this script" ;;
  esac
done
for folder in "$cifar" "$edits" "$photos"; do
  [ -z "$folder" ] || [ -d "$folder" ] || stop "$folder: no such folder" "see the head of this script"
done
[ -n "$cifar$edits$photos" ] || stop "no dataset is given" "see the head of this script"
[ -z "$cifar" ] || cifar=$(realpath "$cifar")
[ -z "$edits" ] || edits=$(realpath "$edits")

work=$PWD/.build/peers
mkdir -p "$work"
results=$work/results.tsv
set_up
python3 -c 'import venv, ensurepip' 2>/dev/null || install_packages python3-venv
# pdqhash is compiled when it is installed.
[ -e "$(python3 -c 'import sysconfig; print(sysconfig.get_path("include"))')/Python.h" ] || install_packages python3-dev g++
# fastdup sends reports home unless told not to.
export SENTRY_OPT_OUT=1
program=${SPLITSEAL:-}
if [ -z "$program" ]; then
  swift build -c release --product splitseal >&2
  program=$(swift build -c release --show-bin-path)/splitseal
fi

wanted() { [ -z "$only" ] || [ "$only" = "$1" ]; }

# environment NAME PACKAGE...: the environment's python; what goes wrong stays in NAME.install.
environment() {
  local name=$1
  shift
  [ "$(cat "$work/$name/installed" 2>/dev/null)" = "$*" ] || {
    rm -rf "${work:?}/$name" &&
      python3 -m venv "$work/$name" && "$work/$name/bin/pip" install --quiet --disable-pip-version-check "$@" &&
      echo "$*" >"$work/$name/installed"
  } >"$work/$name.install" 2>&1 || return 1
}

datasets=()
[ -z "$cifar" ] || datasets+=(cifar)
[ -z "$edits" ] || datasets+=(edits)

# measure TOOL VERSION DATASET COMMAND...: FOLDER and PAIRS stand for the dataset's and for the output.
measure() {
  local tool=$1 version=$2 dataset=$3 folder=${!3} truth=edits pairs
  shift 3
  [ "$dataset" = edits ] || truth=${leaks:+$leaks${tests:+:$tests}}
  pairs=$work/${tool//[^a-z]/}-$dataset.csv
  local command=("${@//FOLDER/$folder}")
  command=("${command[@]//PAIRS/$pairs}")
  say "measuring $tool on $dataset"
  python3 Tests/Benchmarks/peers/measure.py "$results" "$tool" "$version" "$dataset" "$folder" "${truth:-none}" "$limit" \
    "$pairs" "${command[@]}" || true
}

# peer NAME VERSION FILE PACKAGE...: installs and measures a peer that is driven from Python.
peer() {
  local name=$1 version=$2 file=$3
  shift 3
  wanted "$name" || return 0
  say "installing $name"
  local command=("$work/$name/bin/python" "$PWD/Tests/Benchmarks/peers/$file" FOLDER PAIRS 2) dataset
  environment "$name" "$@" || command=(sh -c "tail -n 1 '$work/$name.install'; exit 1")
  for dataset in "${datasets[@]}"; do measure "$name" "$version" "$dataset" "${command[@]}"; done
}

# Every file is read once, so that the first tool does not find a colder page cache than the last.
for dataset in ${datasets[@]+"${datasets[@]}"}; do find "${!dataset}" -type f -exec cat {} + >/dev/null; done

if wanted splitseal; then
  version=$("$program" --version)
  for dataset in "${datasets[@]}"; do
    measure splitseal "$version" "$dataset" "$program" scan FOLDER --no-cache --jobs 2 --quiet --pairs PAIRS
    cache=$work/$dataset.sqlite
    rm -f "$cache"*
    # Stamps count once files have not changed for two seconds.
    sleep 2
    "$program" scan "${!dataset}" --cache "$cache" --jobs 2 --quiet || true
    measure 'splitseal, unchanged' "$version" "$dataset" \
      "$program" scan FOLDER --cache "$cache" --jobs 2 --quiet --pairs PAIRS
  done
fi
peer imagededup 0.3.3.post2 ask_imagededup.py imagededup==0.3.3.post2
peer pdq 0.2.8 ask_pdqhash.py pdqhash==0.2.8 faiss-cpu==1.15.1 numpy==2.4.6 pillow==13.0.0
peer fastdup 2.54 ask_fastdup.py fastdup==2.54
peer cleanvision 0.3.7 ask_cleanvision.py cleanvision==0.3.7
# Without imagehash, which it does not ask for itself, it looks for no near-duplicates.
peer doctor 0.1.2 ask_dataset_doctor.py dataset-doctor-audit==0.1.2 imagehash==4.3.2

# The codec's limit and the scan of the same photographs, taking turns.
if [ -n "$photos" ] && { wanted codec || wanted splitseal; }; then
  read -ra libraries <<<"$(pkg-config --cflags --libs libjpeg libxxhash)"
  cc -O3 -pthread Tests/Benchmarks/peers/codec_limit.c "${libraries[@]}" -o "$work/codec_limit"
  plain=$work/plain
  rm -rf "$plain"
  mkdir -p "$plain/train" "$plain/test"
  : >"$work/photos.list"
  i=0
  while IFS= read -r file; do
    split='train'
    [ $((i % 2)) -eq 0 ] || split='test'
    i=$((i + 1))
    cp "$file" "$plain/$split/$i.jpg"
    echo "$plain/$split/$i.jpg" >>"$work/photos.list"
  done < <(find "$photos" -type f | sort)
  say "measuring the codec's limit"
  python3 Tests/Benchmarks/peers/limit.py "$work/limit.tsv" 15 "$work/codec_limit" "$work/photos.list" \
    "$program" "$plain"
fi

python3 Tests/Benchmarks/peers/report.py "$results" "$work/limit.tsv" >docs/benchmarks.md
say "wrote docs/benchmarks.md"
