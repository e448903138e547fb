"""Checks that data flows one way, and that a verifier needs little: python3 Tests/dependencies.py

- A stage depends only on stages that stand before it in Package.swift.
- SplitSealCertificate reaches neither image codecs nor the detector nor YAML.

That no file imports what Package.swift does not declare is checked by the compiler (--explicit-target-dependency-import-check).
"""

import json
import subprocess
import sys

FORBIDDEN = {
    "CImageCodecs", "CLibJPEG", "CLibPNG", "CVision", "CDotProduct", "SplitSealImage", "SplitSealFingerprint",
    "SplitSealMatch", "SplitSealProbe", "SplitSealStore", "SplitSealShard", "SplitSealPolicy", "SplitSealAudit", "Yams",
}


def main():
    package = json.loads(subprocess.run(["swift", "package", "dump-package"], capture_output=True, check=True).stdout)
    needs = {}
    for target in package["targets"]:
        needs[target["name"]] = [next(iter(need.values()))[0] for need in target["dependencies"]]
    faults = []
    stages = [target["name"] for target in package["targets"] if target["name"].startswith("SplitSeal")]
    for position, stage in enumerate(stages):
        if stage.endswith("Tests") or target_is_of_tests(package, stage):
            continue
        faults += [f"{stage} depends on {need}, which stands after it" for need in needs[stage] if need in stages[position:]]
    reached, left = set(), ["SplitSealCertificate"]
    while left:
        target = left.pop()
        if target not in reached:
            reached.add(target)
            left += needs.get(target, [])
    faults += [f"SplitSealCertificate reaches {target}" for target in sorted(reached & FORBIDDEN)]
    for fault in faults:
        print(f"error: {fault}")
    if not faults:
        print(f"{len(stages)} stages in order; SplitSealCertificate reaches {', '.join(sorted(reached))}")
    return 1 if faults else 0


def target_is_of_tests(package, name):
    return any(t["name"] == name and (t.get("path") or "").startswith("Tests/") for t in package["targets"])


sys.exit(main())
