#!/usr/bin/env bash
# The pages in a real browser: headless Chromium opens what the program writes and serves, and axe-core looks for what keeps people out.
# Usage: Tests/browser.sh [CHECK...]; a check is a file of Tests/Browser without its ending. SPLITSEAL_SHOTS names a folder for
# screenshots. Installs Chromium and its driver with apt-get where they are missing; says so and does nothing where it cannot.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=Tests/setup.sh
source Tests/setup.sh

pinned="selenium==4.51.0 pillow==13.0.0"
# It carries axe-core; the driver that it is made for is not needed.
carrier="axe-playwright-python==0.1.8"

skip() {
  say "skipped: $1"
  exit 0
}

if ! command -v chromium >/dev/null || ! command -v chromedriver >/dev/null; then
  # Ubuntu's package is an empty one that asks for a snap.
  [ "$(. /etc/os-release 2>/dev/null && echo "${ID:-}")" = debian ] || skip "there is no chromium with its chromedriver here"
  (install_packages chromium chromium-driver fonts-dejavu-core) || skip "Chromium cannot be installed"
fi
command -v python3 >/dev/null || skip "there is no python3"
python=.build/browser/bin/python
if ! "$python" -c 'import selenium, axe_playwright_python, PIL' 2>/dev/null; then
  python3 -c 'import sys; sys.exit(sys.version_info < (3, 10))' || skip "python3 is older than 3.10"
  rm -rf .build/browser
  python3 -m venv .build/browser >/dev/null 2>&1 || skip "python3 makes no virtual environment"
  fetch() { "$python" -m pip install --quiet --disable-pip-version-check --timeout 20 "$@" >&2; }
  read -ra wanted <<<"$pinned"
  if ! fetch "${wanted[@]}" || ! fetch --no-deps "$carrier"; then
    skip "pip cannot install the driver of the browser"
  fi
fi

bin=$(build splitseal make-liveness)
export PATH=$bin:$PATH

checks=("$@")
[ ${#checks[@]} -gt 0 ] || checks=(report review)
for check in "${checks[@]}"; do
  printf '%s:\n' "$check"
  "$python" "Tests/Browser/$check.py"
done
