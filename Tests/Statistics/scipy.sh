#!/usr/bin/env bash
# p-values, intervals and effect sizes equal SciPy's to 1e-6 on 200 generated tables. Needs Python 3 and, for SciPy, a package
# index that pip reaches; says so and does nothing where there is none. SPLITSEAL_PYTHON names a Python that has SciPy.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
# shellcheck source=Tests/setup.sh
source Tests/setup.sh
set_up

skip() {
  say "skipped: $1"
  exit 0
}

python=${SPLITSEAL_PYTHON:-}
if [ -z "$python" ]; then
  command -v python3 >/dev/null || skip "there is no python3 to ask SciPy with"
  if python3 -c 'import scipy' 2>/dev/null; then
    python=python3
  else
    environment=.build/scipy
    python=$environment/bin/python
    if ! "$python" -c 'import scipy' 2>/dev/null; then
      rm -rf "$environment"
      python3 -m venv "$environment" >/dev/null 2>&1 || skip "python3 makes no virtual environment (python3-venv is missing?)"
      "$python" -m pip install --quiet --disable-pip-version-check --timeout 20 scipy >&2 ||
        skip "pip cannot install SciPy here"
    fi
  fi
fi

bin=$(build statistics-table)
"$python" Tests/Statistics/compare.py "$bin/statistics-table"
