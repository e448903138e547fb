"""Runs one tool on one dataset, measures the whole process and scores the pairs that it found.

usage: measure.py RESULTS.tsv TOOL VERSION DATASET FOLDER TRUTH LIMIT PAIRS COMMAND...

TRUTH is JUDGED.csv:TESTS.txt, pairs that people judged (test,train,verdict: leak, clean or unsure) and the test images that they
looked at (without TESTS.txt those of the pairs), or 'edits' where the test images are named
EDIT__ORIGINAL or clean__ANYTHING, or 'none'. The command's own output goes to PAIRS.log; a result is a line of RESULTS.tsv.
Memory is that of all processes of the command together, shared pages counted once (PSS), looked at five times a second; or the
largest of its main process and those it waited for, if that is more.
"""
import csv
import os
import re
import signal
import subprocess
import sys
import time


def stem(path):
    """train/frog/0001 of whatever path ends in that."""
    parts = os.path.splitext(path.replace("\\", "/"))[0].split("/")
    start = max((i for i, part in enumerate(parts) if part in ("train", "test")), default=0)
    return "/".join(parts[start:])


def across(rows):
    """Pairs of a test and a training image."""
    for row in rows:
        names = [stem(cell) for cell in row if re.search(r"(^|/)(train|test)/", cell.replace("\\", "/"))][:2]
        if len(names) == 2 and {n.split("/")[0] for n in names} == {"train", "test"}:
            yield tuple(sorted(names))  # test before train


def score_judged(pairs, truth):
    judgements, _, tests = truth.partition(":")
    with open(judgements, newline="") as file:
        verdicts = {stem(row["test"]): row["verdict"] for row in csv.DictReader(file)}
    if tests:
        with open(tests) as file:
            looked_at = {stem(line.strip()) for line in file if line.strip()}
    else:
        looked_at = set(verdicts)
    flagged = {test for test, _ in pairs} & looked_at
    leaks = {test for test in looked_at if verdicts.get(test) == "leak"}
    unsure = {test for test, verdict in verdicts.items() if verdict == "unsure"}
    return f"{len(leaks & flagged)} of {len(leaks)}", f"{len(flagged - leaks - unsure)}"


def score_edits(pairs, folder):
    tests = [os.path.splitext(name)[0] for name in os.listdir(os.path.join(folder, "test"))]
    edited = [t for t in tests if not t.startswith("clean__")]
    right = {t.split("/")[-1] for t, o in pairs if t.split("__")[-1] == o.split("/")[-1] and "clean__" not in t}
    wrong = {t.split("/")[-1] for t, o in pairs if t.split("__")[-1] != o.split("/")[-1] or "clean__" in t}
    return f"{len(right & set(edited))} of {len(edited)}", f"{len(wrong)}"


def session_memory(session):
    """KiB that the processes of a session hold; what ends meanwhile counts as nothing."""
    total = 0
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{name}/stat", errors="replace") as stat:
                # The program's name, in parentheses, may hold anything.
                if int(stat.read().rpartition(")")[2].split()[3]) != session:
                    continue
            with open(f"/proc/{name}/smaps_rollup") as rollup:
                total += sum(int(line.split()[1]) for line in rollup if line.startswith("Pss:"))
        except OSError:
            continue
    return total


def run(command, limit, log):
    """The exit status (none where it was stopped), seconds and the peak of memory in MiB."""
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, start_new_session=True)
    peak = 0
    while True:
        ended, wait_status, usage = os.wait4(process.pid, os.WNOHANG)
        seconds = time.monotonic() - start
        if ended:
            return os.waitstatus_to_exitcode(wait_status), seconds, max(peak, usage.ru_maxrss) // 1024
        if seconds > limit:
            os.killpg(process.pid, signal.SIGKILL)
            os.wait4(process.pid, 0)
            return None, seconds, peak // 1024
        peak = max(peak, session_memory(process.pid))
        time.sleep(0.2 if seconds > 2 else 0.02)


def main():
    results, tool, version, dataset, folder, truth, limit, pairs_file = sys.argv[1:9]
    command = sys.argv[9:]
    if os.path.exists(pairs_file):
        os.remove(pairs_file)
    with open(pairs_file + ".log", "w") as log:
        status, seconds, peak = run(command, float(limit), log)
    note, found, wrong = "", "-", "-"
    if status is None:
        note = f"stopped after {float(limit) / 60:.0f} min"
    elif status not in (0, 1) or not os.path.exists(pairs_file):  # 1: SplitSeal found something
        with open(pairs_file + ".log") as log:
            lines = [line.strip() for line in log if line.strip()]
        note = "failed: " + (lines[-1][:120] if lines else f"status {status}")
    else:
        with open(pairs_file, newline="") as file:
            pairs = set(across(csv.reader(file)))
        if truth == "edits":
            found, wrong = score_edits(pairs, folder)
        elif truth != "none":
            found, wrong = score_judged(pairs, truth)
    count = sum(len(names) for _, _, names in os.walk(folder, followlinks=True))
    cells = [dataset, tool, version, str(count), f"{seconds:.2f}", str(peak), found, wrong, note]
    rows = []
    if os.path.exists(results):
        with open(results) as file:
            rows = [line for line in file if line.split("\t")[:2] != cells[:2]]
    with open(results, "w") as file:
        file.writelines(rows + ["\t".join(cells) + "\n"])
    print("\t".join(cells), file=sys.stderr)


main()
