#!/usr/bin/env bash
# Compares the descriptor search with FAISS IndexFlatIP, one thread each, taking turns: Tests/Benchmarks/search.sh
# VECTORS and QUERIES set the sizes, ROUNDS how often each searches, SCRATCH_PATH where the program is built.
# Installs FAISS and NumPy into a directory that is thrown away.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

scratch_path=${SCRATCH_PATH:-.build}
swift build -c release --scratch-path "$scratch_path" --product search-benchmark >&2
program=$(swift build -c release --scratch-path "$scratch_path" --show-bin-path)/search-benchmark

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv" >&2
"$work/venv/bin/pip" install --quiet --disable-pip-version-check faiss-cpu numpy >&2

# One thread: set before the libraries are loaded.
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1
"$work/venv/bin/python" Tests/Benchmarks/search.py "$program" "$work/vectors" \
  "${VECTORS:-100000}" "${QUERIES:-4096}" "${ROUNDS:-5}"
