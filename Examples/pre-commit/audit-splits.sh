#!/usr/bin/env bash
# A pre-commit hook: audits each manifest that is named, says what is wrong with it, and fails where an audit does.
# SPLITSEAL names the program (default: splitseal in the PATH).
set -euo pipefail

splitseal=${SPLITSEAL:-splitseal}
command -v "$splitseal" >/dev/null || {
  echo "audit-splits: there is no '$splitseal'; install it, or name it with SPLITSEAL" >&2
  exit 2
}

worst=0
for manifest in "$@"; do
  status=0
  # The report is only of interest where something is wrong.
  report=$("$splitseal" scan -- "$manifest" 2>&1) || status=$?
  [ "$status" -eq 0 ] && continue
  printf '%s\n' "$report"
  worst=1
done
exit "$worst"
