#!/usr/bin/env bash
# Builds the documentation of SplitSeal and SplitSealCertificate with DocC, in which a warning is an error.
#
#   Tests/docs.sh    writes .build/docs/SplitSeal and .build/docs/SplitSealCertificate
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=setup.sh
source Tests/setup.sh

tools=$(dirname "$(realpath "$(command -v swift)")")
for tool in docc swift-symbolgraph-extract; do
  [ -x "$tools/$tool" ] || { echo "skipped: this Swift has no $tool" && exit 0; }
done
set_up
build splitseal >/dev/null
bin=$(swift build "${build_flags[@]}" --show-bin-path)
maps=()
while read -r map; do maps+=(-Xcc "-fmodule-map-file=$map"); done < <(
  find "$bin" -maxdepth 2 -name module.modulemap
  find .build/checkouts Sources -name module.modulemap -path '*Sources*'
)
rm -rf .build/docs
for module in SplitSeal:Program SplitSealCertificate:Certificate; do
  name=${module%%:*} group=${module##*:}
  mkdir -p ".build/docs/symbols/$name"
  "$tools/swift-symbolgraph-extract" -module-name "$name" -I "$bin/Modules" -I /usr/include/libpng16 "${maps[@]}" \
    -target "$(swift -print-target-info | sed -nE 's/.*"unversionedTriple": "([^"]+)".*/\1/p' | head -n 1)" \
    -minimum-access-level public -output-dir ".build/docs/symbols/$name"
  "$tools/docc" convert "Sources/$group/$name/$name.docc" --additional-symbol-graph-dir ".build/docs/symbols/$name" \
    --fallback-display-name "$name" --fallback-bundle-identifier "$name" --warnings-as-errors \
    --output-path ".build/docs/$name"
  echo ".build/docs/$name"
done
