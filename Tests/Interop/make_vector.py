#!/usr/bin/env python3
"""Makes the kept certificate anew, with a key that is thrown away. Usage: make_vector.py SPLITSEAL

Needed only when the format changes in a way that old certificates are not to survive.
"""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import dataset

program = pathlib.Path(sys.argv[1]).resolve()
vector = pathlib.Path(__file__).parent / "vector"
with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    (folder / "set").mkdir()
    dataset.make(folder / "set")
    subprocess.run([program, "keygen", "-o", folder / "key"], check=True, stdout=subprocess.DEVNULL)
    subprocess.run(
        [program, "certify", folder / "set" / "list.csv", "--key", folder / "key.key", "--name", "noise", "--no-cache",
         "--quiet"], env=os.environ | {"SOURCE_DATE_EPOCH": "1767225600"}, check=False)
    vector.mkdir(exist_ok=True)
    for file in ("splitseal.sigstore.json", "records.jsonl", "splitseal.pub"):
        shutil.copy(folder / "set" / ".splitseal" / file, vector / file)
