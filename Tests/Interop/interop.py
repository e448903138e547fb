#!/usr/bin/env python3
"""Lets other people's programs judge what splitseal writes. Usage: interop.py SPLITSEAL FOLDER (see Tests/interop.sh).

Exits with 1 when a tool refuses what it should accept, or accepts a tampered variant.
"""

import pathlib
import shutil
import subprocess
import sys

import dataset
import exports
import second_checks
import signatures
from table import Table, run


class Bench:
    """A dataset, keys, and the program under test."""

    def __init__(self, program, folder):
        self.program = pathlib.Path(program).resolve()
        self.folder = folder
        self.data = folder / "set"
        self.data.mkdir()
        dataset.make(self.data)
        self.splitseal(0, "keygen", "-o", folder / "p256")
        self.splitseal(0, "keygen", "-o", folder / "other")
        subprocess.run(["openssl", "genpkey", "-algorithm", "ED25519", "-out", folder / "ed25519.key"], check=True)
        (folder / "ed25519.key").chmod(0o600)
        subprocess.run(
            ["openssl", "pkey", "-in", folder / "ed25519.key", "-pubout", "-out", folder / "ed25519.pub"], check=True)
        self.certificates = {}
        for kind in ("p256", "ed25519"):
            output = folder / f"{kind}-certificate"
            done = run(
                self.program, "certify", self.data / "list.csv", "--key", folder / f"{kind}.key", "-o", output,
                "--no-probe", "--no-cache", "--quiet", "--name", "noise")
            if done.returncode in (0, 1, 3):
                self.certificates[kind] = output
            elif kind == "ed25519" and "--ed25519" not in self.splitseal(0, "keygen", "--help"):
                print(f"skipped: this splitseal signs with no Ed25519 key: {done.stdout.decode().splitlines()[0]}")
            else:
                raise SystemExit(f"certify failed: {done.stdout.decode()}")

    def splitseal(self, status, *arguments):
        """Runs the program; its status must be as expected."""
        done = run(self.program, *arguments)
        if done.returncode != status:
            raise SystemExit(f"splitseal {arguments}: {done.returncode}: {done.stdout.decode()}")
        return done.stdout.decode()

    def copy(self, name):
        """A copy of the dataset to tamper with."""
        target = self.folder / name
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(self.data, target)
        return target


def main():
    program, folder = sys.argv[1], pathlib.Path(sys.argv[2]).resolve()
    table = Table()
    bench = Bench(program, folder)
    for kind, output in bench.certificates.items():
        signatures.check(table, bench, kind, output)
    exports.check_model_signing(table, bench)
    exports.check_croissant(table, bench)
    second_checks.check(table, bench)
    table.print()
    sys.exit(1 if table.surprises else 0)


main()
