"""fastdup between a folder and a test folder, its own model and thresholds: ask_fastdup.py FOLDER PAIRS JOBS."""

import csv
import os
import sys
import tempfile

import fastdup
import pairs


def main():
    folder, output, jobs = sys.argv[1], sys.argv[2], int(sys.argv[3])
    with tempfile.TemporaryDirectory() as work:
        status = fastdup.run(
            input_dir=os.path.join(folder, "train"), test_dir=os.path.join(folder, "test"), work_dir=work, num_threads=jobs
        )
        if status != 0:
            sys.exit(f"fastdup.run returned {status}")
        with open(os.path.join(work, "similarity.csv"), newline="", encoding="utf-8") as file:
            pairs.write(output, [(row["from"], row["to"]) for row in csv.DictReader(file)])


if __name__ == "__main__":
    main()
