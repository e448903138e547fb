#!/usr/bin/env bash
# Builds everything and runs all tests. Usage: Tests/run.sh [FLAG...]; the flags go to 'swift test' (e.g. --filter PDQ).
# 'swift test' alone tests a debug build, which takes longer to run.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=Tests/setup.sh
source Tests/setup.sh
set_up

swift build "${build_flags[@]}" --build-tests
# The memory checks go first, so that the last line is that of 'swift test'.
if [ -f Tests/asan.sh ]; then bash Tests/asan.sh; fi
swift test "${build_flags[@]}" --skip-build "$@"
