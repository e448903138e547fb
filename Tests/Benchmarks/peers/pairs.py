"""What the programs that ask a peer have in common: where images lie, and how pairs are written."""

import csv
import os


def images(folder):
    """The paths of all files below the folder, in order."""
    return sorted(os.path.join(place, name) for place, _, names in os.walk(folder) for name in names)


def write(path, pairs):
    """Writes pairs of paths, by the columns that `splitseal scan --pairs` uses too."""
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["path_a", "path_b"])
        writer.writerows(pairs)
