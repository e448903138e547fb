"""Times the codec's limit and a scan of the same photographs, taking turns; whole processes.

usage: limit.py RESULT.tsv ROUNDS CODEC_LIMIT LIST SPLITSEAL FOLDER
"""
import statistics
import subprocess
import sys
import time


def seconds(command, statuses, stdin=None):
    start = time.monotonic()
    status = subprocess.run(command, stdin=stdin, stdout=subprocess.DEVNULL, check=False).returncode
    elapsed = time.monotonic() - start
    if status not in statuses:
        # A program that fails is fast.
        sys.exit(f"error: {command[0]} ended with status {status}")
    return elapsed


result, rounds, limit, listing, program, folder = sys.argv[1:]
times = {"codec": [], "scan": []}
for _ in range(int(rounds)):
    with open(listing) as paths:
        times["codec"].append(seconds([limit, "2"], (0,), paths))
    times["scan"].append(seconds([program, "scan", folder, "--no-cache", "--jobs", "2", "--quiet"], (0, 1)))
with open(listing) as paths:
    count = sum(1 for _ in paths)
with open(result, "w") as file:
    for name, values in times.items():
        print(name, count, f"{min(values):.3f}", f"{statistics.median(values):.3f}", rounds, sep="\t", file=file)
