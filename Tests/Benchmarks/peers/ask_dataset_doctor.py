"""Dataset Doctor's audit: ask_dataset_doctor.py FOLDER PAIRS JOBS.

Its report lists 20 pairs. All that it found are taken where it finds them, which changes nothing of its work.
"""

import os
import shutil
import sys
import tempfile

import pairs
from dataset_doctor_audit import cli
from dataset_doctor_audit.detectors import duplicates


def main():
    folder, output, jobs = sys.argv[1:4]
    search = duplicates._band_candidates
    found = []

    def recording(records, threshold, max_bucket):
        candidates, truncated = search(records, threshold, max_bucket)
        found.extend((a.sample_id, b.sample_id) for a, b, distance in candidates if distance <= threshold)
        return candidates, truncated

    duplicates._band_candidates = recording
    # It leaves a manifest in the dataset's folder.
    left = os.path.join(folder, ".dataset-doctor")
    was_there = os.path.exists(left)
    with tempfile.TemporaryDirectory() as report:
        arguments = ["audit", folder, "--type", "image", "--no-cache", "--workers", jobs, "-f", "json", "-o", report, "-q"]
        try:
            cli.app(arguments)
        except SystemExit as ended:
            # 1 and 2 are verdicts, and no pairs are no failure.
            if ended.code not in (0, 1, 2, None):
                raise
    if not was_there:
        shutil.rmtree(left, ignore_errors=True)
    pairs.write(output, found)


if __name__ == "__main__":
    main()
