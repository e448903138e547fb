"""CleanVision's sets of exact and near duplicates, the issues of other kinds left out: ask_cleanvision.py FOLDER PAIRS JOBS."""

import itertools
import sys

import pairs
from cleanvision import Imagelab


def main():
    folder, output, jobs = sys.argv[1], sys.argv[2], int(sys.argv[3])
    lab = Imagelab(data_path=folder, verbose=False)
    kinds = ("exact_duplicates", "near_duplicates")
    lab.find_issues({kind: {} for kind in kinds}, n_jobs=jobs, verbose=False)
    found = (members for kind in kinds for members in lab.info[kind]["sets"])
    pairs.write(output, (pair for members in found for pair in itertools.combinations(members, 2)))


if __name__ == "__main__":
    main()
