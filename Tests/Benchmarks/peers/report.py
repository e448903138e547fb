"""Prints docs/benchmarks.md. usage: report.py RESULTS.tsv LIMIT.tsv"""
import datetime
import os
import platform
import subprocess
import sys

NAMES = {
    "splitseal": ("SplitSeal", "`scan FOLDER --no-cache --jobs 2`"),
    "splitseal, unchanged": ("SplitSeal, second scan", "`scan FOLDER --cache FILE --jobs 2`"),
    "imagededup": ("imagededup", "PHash of 64 bits, distance 10 or less, 2 processes"),
    "pdq": ("pdqhash + FAISS", "PDQ, 31 bits or less, exact search by IndexBinaryFlat, 2 processes"),
    "fastdup": ("fastdup", "its own model and thresholds, test against train, 2 threads"),
    "cleanvision": ("CleanVision", "exact and near duplicates, 2 processes"),
    "doctor": ("Dataset Doctor", "`audit FOLDER --type image --no-cache --workers 2`"),
}
TITLES = {
    "cifar": (
        "CIFAR-10",
        "60,000 JPEGs of 32 x 32, test against train. People looked at test images together with the closest training images, and judged\n"
        "which of them are leaks. *Leaks found* counts the leaks that the tool pairs with any training image. *Others flagged* counts test\n"
        "images that people looked at and nobody judged to be leaks, but that the tool pairs with a training image. Undecided images are\n"
        "left out.",
    ),
    "edits": (
        "Edited photographs",
        "Photographs of 300 classes. The training split has 150 of them. The test split has 43 edited copies of each of 50 of these (crops,\n"
        "frames, captions, rotations, mirror images, colour, compression, thumbnails, pictures beside pictures) and 150 other photographs.\n"
        "*Found* counts edited copies that are paired with their original. *Wrong* counts test images that are paired with something else.",
    ),
}


def processor():
    with open("/proc/cpuinfo") as file:
        for line in file:
            if line.startswith("model name"):
                return line.split(":")[1].strip()
    return platform.processor()


def memory():
    with open("/proc/meminfo") as file:
        return round(int(file.readline().split()[1]) / 2**20)


def table(rows, dataset):
    base = next((float(r[4]) for r in rows if r[1] == "splitseal"), None)
    found, wrong = ("leaks found", "others flagged") if dataset == "cifar" else ("found", "wrong")
    print(f"| tool | version | how | time | images/s | x SplitSeal | memory | {found} | {wrong} |")
    print("|---|---|---|---|---|---|---|---|---|")
    for _, tool, version, count, seconds, peak, hits, misses, note in rows:
        name, how = NAMES[tool]
        ratio = f"{float(seconds) / base:.1f}" if base else "-"
        if note:
            least = f"more than {ratio}" if note.startswith("stopped") else ""
            print(f"| {name} | {version} | {how} | {note} | | {least} | | | |")
            continue
        rate = f"{int(count) / float(seconds):,.0f}"
        print(f"| {name} | {version} | {how} | {float(seconds):.1f} s | {rate} | {ratio} | {peak} MB | {hits} | {misses} |")
    print()


def main():
    results, limit = sys.argv[1:]
    with open(results) as file:
        rows = [line.rstrip("\n").split("\t") for line in file]
    order = list(NAMES)
    print("# Benchmarks\n")
    print("This page compares SplitSeal with other tools that find duplicate images. `Tests/Benchmarks/peers.sh` runs every tool on the same")
    print("images on one machine and writes this page; the comment at its top says what it needs.")
    print()
    print("Each tool ran once. The time is that of the whole process, with the files in the page cache. The memory is that of all processes")
    print("of a tool. The other tools ran with their own defaults for near-duplicates, and with two processes if they have such an option.")
    print("Some tools compare all images with each other. Pairs within a split are not counted, although finding them took time.\n")
    swift = subprocess.run(["swift", "--version"], capture_output=True, text=True, check=False).stdout.split("\n")[0]
    print(f"The machine: {processor()}, {os.cpu_count()} processors, {memory()} GB; Linux {platform.release().split('-')[0]},")
    print(f"Python {platform.python_version()}; {swift}; {datetime.date.today().isoformat()}.\n")
    for dataset, (title, text) in TITLES.items():
        chosen = sorted((r for r in rows if r[0] == dataset), key=lambda r: order.index(r[1]))
        if not chosen:
            continue
        print(f"## {title}\n\n{text} {int(chosen[0][3]):,} files.\n")
        table(chosen, dataset)
    if os.path.exists(limit):
        with open(limit) as file:
            times = {cells[0]: cells[1:] for cells in (line.split("\t") for line in file)}
        codec, scan = times["codec"], times["scan"]
        print("## Against the codec\n")
        print(f"A scan hashes and matches {codec[0]} photographs. It is compared with a program that only reads them, computes their XXH3 and decodes")
        print(f"their luma with libjpeg, at the smallest scale that leaves 128 pixels. Both use 2 threads and take turns for {codec[3].strip()} rounds. The times")
        print("are those of whole processes.\n")
        print("| | best | median | images/s (median) |\n|---|---|---|---|")
        for name, cells in (("reading and decoding alone", codec), ("`splitseal scan --no-cache --jobs 2`", scan)):
            print(f"| {name} | {cells[1]} s | {cells[2]} s | {int(cells[0]) / float(cells[2]):,.0f} |")
        ratio = float(codec[2]) / float(scan[2])
        print(f"\nThe scan reaches {ratio:.2f} of the rate of reading and decoding alone (medians). More than 1 is possible, because our own decoder for")
        print("baseline JPEGs is faster than libjpeg ([detector.md](detector.md)).\n")
    if os.path.exists(os.path.join(os.path.dirname(__file__), "notes.md")):
        # What is not measured here: make-records and the commands beside it are run by hand.
        with open(os.path.join(os.path.dirname(__file__), "../Records/figures.md")) as file:
            print(file.read(), end="")
        with open(os.path.join(os.path.dirname(__file__), "notes.md")) as file:
            print(file.read(), end="")


main()
