"""Times the descriptor search and FAISS IndexFlatIP.range_search in turn, on the same vectors, one thread each.

Usage, by search.sh: search.py PROGRAM FILE VECTORS QUERIES ROUNDS; FILE is where the vectors are passed on.
"""

import os
import platform
import re
import statistics
import subprocess
import sys
import time

import faiss
import numpy

DIMENSION = 64
SCALE = 254
COSINE = 0.5


def cpu_model():
    if os.path.exists("/proc/cpuinfo"):
        with open("/proc/cpuinfo", encoding="utf-8") as lines:
            fields = dict(re.split(r"\s*:\s*", line.strip(), maxsplit=1) for line in lines if ":" in line)
        if "model name" in fields:
            return f"{fields['model name']} (family {fields['cpu family']}, model {fields['model']})"
    return platform.processor() or platform.machine()


def run(arguments):
    """The table of the program: for each kernel its rate in billions of pairs a second and its number of hits."""
    lines = subprocess.run(arguments, check=True, capture_output=True, text=True).stdout.splitlines()[2:]
    rows = [re.split(r"\s{2,}", line.strip()) for line in lines]
    return {name: (float(best), int(hits)) for name, best, _, hits in rows}


def main():
    program, path = sys.argv[1:3]
    vector_count, query_count, rounds = map(int, sys.argv[3:])
    command = [program, "--vectors", str(vector_count), "--queries", str(query_count), "--rounds", "1"]
    command += ["--cosine", str(COSINE)]
    run(command + ["--fastest", "--export", path])

    values = numpy.fromfile(path, numpy.int8).reshape(-1, DIMENSION).astype(numpy.float32) / SCALE
    base, queries = values[:vector_count], values[vector_count:]
    faiss.omp_set_num_threads(1)
    index = faiss.IndexFlatIP(DIMENSION)
    index.add(base)
    # Hits of FAISS are above the radius. Half way between two whole products, no rounding can change which they are.
    least_product = int(numpy.ceil(COSINE * SCALE**2))
    radius = (least_product - 0.5) / SCALE**2
    index.range_search(queries[:64], radius)

    name = "FAISS IndexFlatIP"
    rates, hits = {name: []}, {}
    for _ in range(rounds):
        started = time.perf_counter()
        limits, _, _ = index.range_search(queries, radius)
        rates[name].append(vector_count * query_count / (time.perf_counter() - started) / 1e9)
        hits[name] = int(limits[-1])
        for kernel, (rate, count) in run(command).items():
            rates.setdefault(kernel, []).append(rate)
            hits[kernel] = count

    print(f"CPU       {cpu_model()}, load {os.getloadavg()[0]:.2f}")
    print(f"versions  faiss {faiss.__version__}, numpy {numpy.__version__}, Python {platform.python_version()}")
    print(f"command   {os.path.basename(program)} {' '.join(command[1:])}")
    print(f"          IndexFlatIP({DIMENSION}).range_search(queries, {radius:.8f}), 1 thread")
    print(f"pairs     {vector_count} vectors x {query_count} queries, {rounds} rounds in turn")
    print("          ours compares each query's mirror image in the same pass, which is not counted\n")
    print(f"{'search':<18}{'best Gpairs/s':>15}{'median':>9}{'ratio':>8}{'hits':>10}")
    faiss_median = statistics.median(rates[name])
    for kernel, measured in rates.items():
        median = statistics.median(measured)
        ratio = f"{median / faiss_median:.2f}"
        print(f"{kernel:<18}{max(measured):>15.3f}{median:>9.3f}{ratio:>8}{hits[kernel]:>10}")
    if len(set(hits.values())) != 1:
        sys.exit("error: the searches found different numbers of hits")


main()
