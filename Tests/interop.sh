#!/usr/bin/env bash
# Other people's programs accept what splitseal writes, and refuse every tampered variant of it: model_signing, securesystemslib,
# in-toto-attestation, sigstore-models, pymerkle, mlcroissant, rfc8785, openssl and ssh-keygen; and so does a second
# implementation of the certificate that was written from docs/certificate.md alone (Tests/Interop/second.py).
# Usage: Tests/interop.sh. Needs Python 3.10 and a package index that pip reaches; says so and does nothing where there is none.
# SPLITSEAL_PYTHON names a Python that has the packages; SPLITSEAL names a program that is built already.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=Tests/setup.sh
source Tests/setup.sh

pinned="model-signing==1.1.1 pyOpenSSL==26.4.0 securesystemslib==1.6.0 in-toto-attestation==0.9.3 sigstore==4.5.1
  sigstore-models==0.0.6 pymerkle==7.0.0 mlcroissant==1.1.1 rfc8785==0.1.4"

skip() {
  say "skipped: $1"
  exit 0
}

# Installs what is missing where that is possible: neither is worth a red light.
has_tools() {
  local missing=()
  command -v openssl >/dev/null || missing+=(openssl)
  command -v ssh-keygen >/dev/null || missing+=(openssh-client)
  command -v python3 >/dev/null || missing+=(python3)
  python3 -c 'import ensurepip, venv' 2>/dev/null || [ -n "${SPLITSEAL_PYTHON:-}" ] || missing+=(python3-venv)
  [ ${#missing[@]} -eq 0 ] || (install_packages "${missing[@]}")
}

has_packages() { "$1" -c 'import model_signing, securesystemslib, in_toto_attestation, pymerkle, rfc8785, mlcroissant' 2>/dev/null; }

has_tools || skip "openssl, ssh-keygen or python3-venv is missing and cannot be installed"
python=${SPLITSEAL_PYTHON:-.build/interop/bin/python}
if ! has_packages "$python"; then
  [ -z "${SPLITSEAL_PYTHON:-}" ] || stop "SPLITSEAL_PYTHON=$python lacks a package" "pip install $pinned"
  python3 -c 'import sys; sys.exit(sys.version_info < (3, 10))' || skip "python3 is older than 3.10"
  rm -rf .build/interop
  python3 -m venv .build/interop >/dev/null 2>&1 || skip "python3 makes no virtual environment"
  read -ra wanted <<<"$(echo "$pinned" | tr '\n' ' ')"
  "$python" -m pip install --quiet --disable-pip-version-check --timeout 20 "${wanted[@]}" >&2 ||
    skip "pip cannot install the other programs here"
fi

if [ -z "${SPLITSEAL:-}" ]; then
  set_up
  SPLITSEAL=$(build splitseal)/splitseal
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$python" Tests/Interop/interop.py "$SPLITSEAL" "$work"
