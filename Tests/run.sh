#!/usr/bin/env bash
# Builds everything and runs all tests. Usage: Tests/run.sh [FLAG...]; the flags go to 'swift test' (e.g. --filter PDQ).
# SPLITSEAL_BUILD_FLAGS holds further flags for the compiler, parted by spaces.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=Tests/setup.sh
source Tests/setup.sh
set_up

read -ra flags <<<"${SPLITSEAL_BUILD_FLAGS:-}"
swift build --build-tests ${flags[@]+"${flags[@]}"}
# The memory checks go first, so that the last line is that of 'swift test'.
if [ -f Tests/asan.sh ]; then bash Tests/asan.sh; fi
swift test --skip-build ${flags[@]+"${flags[@]}"} "$@"
