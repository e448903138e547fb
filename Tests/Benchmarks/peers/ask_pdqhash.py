"""PDQ by pdqhash and a search by FAISS, 31 bits or less between train and test: ask_pdqhash.py FOLDER PAIRS JOBS."""

import multiprocessing
import os
import sys

import faiss
import numpy
import pairs
import pdqhash
from PIL import Image

RADIUS = 31


def hashed(path):
    with Image.open(path) as image:
        bits, _ = pdqhash.compute(numpy.asarray(image.convert("RGB")))
    return numpy.packbits(bits)


def main():
    folder, output, jobs = sys.argv[1], sys.argv[2], int(sys.argv[3])
    train, test = (pairs.images(os.path.join(folder, split)) for split in ("train", "test"))
    with multiprocessing.Pool(jobs) as pool:
        hashes = numpy.stack(pool.map(hashed, train + test, chunksize=64))
    faiss.omp_set_num_threads(jobs)
    index = faiss.IndexBinaryFlat(256)
    index.add(hashes[: len(train)])
    # FAISS finds what is below the radius.
    limits, _, found = index.range_search(hashes[len(train) :], RADIUS + 1)
    pairs.write(
        output,
        ((path, train[other]) for i, path in enumerate(test) for other in found[int(limits[i]) : int(limits[i + 1])]),
    )


if __name__ == "__main__":
    main()
