# shellcheck shell=bash
# What the build needs beside the sources, and how it is built. Sourced by the scripts; installs only what is missing.

say() { printf '%s\n' "$*" >&2; }
stop() {
  say "error: $1"
  say "hint: $2"
  exit 2
}

# One build serves the program and its tests, which look into the modules. That costs the program about 1 % of its speed;
# 'swift build -c release' alone does without. SPLITSEAL_BUILD_FLAGS holds further flags, parted by spaces.
read -ra build_flags <<<"-c release -Xswiftc -enable-testing ${SPLITSEAL_BUILD_FLAGS:-}"

# build PRODUCT...: builds products, and says where they are.
build() {
  local product
  for product in "$@"; do swift build "${build_flags[@]}" --product "$product" >&2 || return 1; done
  swift build "${build_flags[@]}" --show-bin-path
}

# The first two numbers of a version, as one number that can be compared: 6.3.1 is 6003.
version_number() {
  local major rest
  major=${1%%.*}
  rest=${1#*.}
  echo $((major * 1000 + ${rest%%.*}))
}

check_swift() {
  command -v swift >/dev/null ||
    stop "there is no swift in the PATH" "install Swift 6.2 or newer (https://www.swift.org/install) and run this again"
  local version
  version=$(swift --version 2>/dev/null | sed -nE 's/.*Swift version ([0-9]+\.[0-9]+).*/\1/p' | head -n 1)
  [ -n "$version" ] || stop "'swift --version' says nothing that is understood" "is the Swift toolchain whole?"
  [ "$(version_number "$version")" -ge 6002 ] ||
    stop "Swift $version is too old" "install Swift 6.2 or newer (https://www.swift.org/install)"
}

# Whether Swift's own clang finds a standard C++ library: swift-crypto contains C++.
has_cxx_library() {
  local clang
  clang=$(dirname "$(realpath "$(command -v swift)")")/clang++
  [ -x "$clang" ] || clang=$(command -v clang++ || true)
  [ -n "$clang" ] || return 0
  echo '#include <vector>' | "$clang" -x c++ -fsyntax-only - 2>/dev/null
}

# Names the packages that are missing, one a line.
missing_packages() {
  command -v git >/dev/null || echo git
  [ -e /etc/ssl/certs/ca-certificates.crt ] || [ "$(uname)" = Darwin ] || echo ca-certificates
  has_cxx_library || echo g++
  local name
  if command -v pkg-config >/dev/null; then
    for name in libjpeg libpng libxxhash; do
      pkg-config --exists "$name" || echo "$name-dev"
    done
    pkg-config --exists sqlite3 || echo libsqlite3-dev
  else
    printf '%s\n' pkg-config libjpeg-dev libpng-dev libxxhash-dev libsqlite3-dev
  fi
}

install_packages() {
  local packages=("$@") privilege=()
  [ "$(uname)" != Darwin ] ||
    stop "missing: ${packages[*]}" "brew install pkg-config jpeg-turbo libpng xxhash sqlite"
  command -v apt-get >/dev/null ||
    stop "missing: ${packages[*]}, and there is no apt-get" "install what your system calls these, with headers"
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null ||
      stop "missing: ${packages[*]}, and there is no sudo" "have root run: apt-get install ${packages[*]}"
    privilege=(sudo)
  fi
  say "installing ${packages[*]}"
  ${privilege[@]+"${privilege[@]}"} apt-get update -qq >&2 ||
    say "warning: apt-get update failed; trying with the package lists that are here"
  ${privilege[@]+"${privilege[@]}"} env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "${packages[@]}" >&2 ||
    stop "apt-get could not install ${packages[*]}" "see above; it may need a network, or the password for sudo"
}

# Does nothing where nothing is missing. Written for Bash 3.2, which is what a Mac has: no mapfile, and care with empty arrays.
set_up() {
  check_swift
  local missing still
  read -ra missing <<<"$(missing_packages | tr '\n' ' ')"
  [ ${#missing[@]} -gt 0 ] || return 0
  install_packages "${missing[@]}"
  still=$(missing_packages | tr '\n' ' ')
  [ -z "$still" ] || stop "still missing after the installation: $still" "install these by hand"
}
