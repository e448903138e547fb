"""imagededup's PHash at its own radius of 10 bits: ask_imagededup.py FOLDER PAIRS JOBS."""

import sys

import pairs
from imagededup.methods import PHash


def main():
    folder, output, jobs = sys.argv[1], sys.argv[2], int(sys.argv[3])
    hasher = PHash(verbose=False)
    encodings = hasher.encode_images(folder, recursive=True, num_enc_workers=jobs)
    found = hasher.find_duplicates(encoding_map=encodings, num_dist_workers=jobs)
    pairs.write(output, ((first, second) for first, others in found.items() for second in others))


if __name__ == "__main__":
    main()
