#!/usr/bin/env bash
# The steps of action.yml. Inputs come as variables of the environment, outputs go to the file that GITHUB_OUTPUT names.
# Usage: run.sh build | run.sh audit
set -euo pipefail

# GitHub reads a command from any line that begins with two colons: names of inputs are not repeated here.
stop() {
  printf '::error title=splitseal::%s\n' "$1"
  output status 2
  exit 2
}

output() { printf '%s=%s\n' "$1" "$2" >>"${GITHUB_OUTPUT:-/dev/null}"; }

has_line_break() { [[ $1 == *$'\n'* || $1 == *$'\r'* ]]; }

build() {
  local root
  root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
  cd "$root"
  # shellcheck source=Tests/setup.sh
  source Tests/setup.sh
  set_up
  swift build -c release --product splitseal
  output binary "$(swift build -c release --show-bin-path)/splitseal"
}

audit() {
  local name line reports=${SPLITSEAL_REPORTS:-splitseal-report} binary=${SPLITSEAL_BINARY:-} inputs=() flags=()

  while IFS= read -r line || [ -n "$line" ]; do
    line=${line%$'\r'}
    [[ $line =~ ^[[:space:]]*$ ]] && continue
    # It would be taken for a flag.
    [[ $line != -* ]] || stop "an input begins with a dash; put ./ before it"
    inputs+=("$line")
  done <<<"${SPLITSEAL_INPUT:-}"
  [ "${#inputs[@]}" -gt 0 ] || stop "there is no input: name a manifest or a folder"

  case ${SPLITSEAL_FAIL_ON:-error} in
  error | warning | note) flags+=(--fail-on "${SPLITSEAL_FAIL_ON:-error}") ;;
  *) stop "fail-on must be error, warning or note" ;;
  esac
  for name in policy baseline; do
    line=SPLITSEAL_$(tr '[:lower:]' '[:upper:]' <<<"$name")
    [ -z "${!line:-}" ] || flags+=("--$name=${!line}")
  done
  if has_line_break "$reports" || [ -z "$reports" ] || [[ $reports == -* ]]; then
    stop "report-folder must be the name of a folder"
  fi
  if has_line_break "$binary" || [ ! -x "$binary" ]; then stop "binary is no program that can be run"; fi
  mkdir -p "$reports" || stop "report-folder cannot be made"

  # All reports come from one audit: what it found is remembered and not looked for again.
  local cache status=0
  cache=$(mktemp -d)
  trap 'rm -rf -- "$cache"' EXIT
  flags+=(--cache "$cache/cache.sqlite")
  "$binary" scan "${flags[@]}" --format github --json "$reports/report.json" --html "$reports/report.html" \
    -- "${inputs[@]}" || status=$?
  output status "$status"
  case $status in
  0) output verdict pass ;;
  1) output verdict fail ;;
  3) output verdict inconclusive ;;
  *) exit "$status" ;;
  esac
  "$binary" scan "${flags[@]}" --format sarif -- "${inputs[@]}" >"$reports/report.sarif" || true
  [ -z "${GITHUB_STEP_SUMMARY:-}" ] ||
    "$binary" scan "${flags[@]}" --format markdown -- "${inputs[@]}" >>"$GITHUB_STEP_SUMMARY" || true
  output json "$reports/report.json"
  output html "$reports/report.html"
  output sarif "$reports/report.sarif"
  exit "$status"
}

case ${1:-} in
build | audit) "$1" ;;
*) stop "expected build or audit" ;;
esac
