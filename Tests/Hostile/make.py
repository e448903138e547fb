#!/usr/bin/env python3
"""Writes a dataset whose file names and labels try to act: as markup, scripts, escape sequences, formulas, flags, other paths.

Usage: make.py FOLDER. Writes FOLDER/manifest.csv with its images, FOLDER/names.json with the very names (`path`, `split`, `label`, in the
order of the manifest, and whether the file is there), and manifests that must be refused: FOLDER/refused-*.csv and .jsonl.
Every picture of train is in test as well, under another name, so that all names are shown. Needs nothing but Python 3.
"""

import csv
import json
import os
import struct
import sys
import zlib

# What a path may not hold (control characters, a backslash, a colon) is among the manifests that are refused.
NAMES = [
    "<script>document.title='hacked'<",  # the slash of the closing tag parts a folder from a file
    "<img src=x onerror=document.title='hacked'>",
    "\"><svg onload=document.title='hacked'>",
    "' onmouseover='document.title=1' x='",
    "it's \"quoted\", `touch hacked` $(touch hacked) ${HOME} ; touch hacked &",
    "]]>&amp;&#60;b&#62;<!--",
    "\u202egnp.exe",
    "\u2066isolate\u2069\u200f\u200e",
    "\u05d0\u05d1\u05d2 \u0627\u0644\u0641",
    "=1+1",
    "=cmd|' C'!A0",
    "+1",
    "-1",
    "@SUM(A1,A2)",
    "--json",
    "{{7*7}}${7*7}<%=7*7%>",
    "%2e%2e%2f%00%0a",
    "a,b;c|d",
    "zero\u200bwidth\ufeff\u00ad",
    "tag\U000e0041\U000e007f",
    "\U0001f600\u732b\u0301e\u0301",
    "\u2028line\u2029paragraph",
    "n" * 249,
]

LABELS = [
    "<script>document.title='hacked'</script>",
    "<img src=x onerror=document.title='hacked'>",
    "\x1b[31mred\x1b[0m",
    "\x1b]0;title\x07",
    "\x1b]8;;http://example.org\x1b\\link",
    "\x9b31mC1\x90q",
    "two\nlines\r\nthree",
    "\n::error title=hacked::hacked",
    "tab\there\x0b\x0c\x00nul",
    "\u202eright\u202c",
    "l" * 4096,
    "\"quoted\", 'quoted'",
    "=1+1",
    "@SUM(A1)",
    "+x",
    "-x",
    "]]>&amp;",
    "| a | b |\n|---|---|",
    "@everyone #1 ![x](http://example.org/x.png)",
    "\ufeffmark",
    "\u0085next\u2028line",
    "%0A%0D::error::x",
    "\\u{1b}[31m",
]


def png(seed):
    """A picture that is like no other: 48 x 48 grey blocks of a pseudo-random pattern."""
    state, blocks = seed * 2654435761 % 2**32 or 1, []
    for _ in range(144):
        state ^= state << 13 & 0xFFFFFFFF
        state ^= state >> 17
        state ^= state << 5 & 0xFFFFFFFF
        blocks.append(state >> 24)
    rows = b"".join(b"\0" + bytes(blocks[y // 4 * 12 + x // 4] for x in range(48)) for y in range(48))

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 48, 48, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    )


def write(path, data):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(data)


def main(folder):
    rows = []
    for index, name in enumerate(NAMES):
        label = LABELS[index % len(LABELS)]
        for split in ("train", "test"):
            path = f"{split}/{name}/script>.png" if index == 0 else f"{split}/{name}.png"
            write(os.path.join(folder, path), png(index + 1))
            rows.append((path, split, label, True))
    # The longest path there may be, of a file that is not there.
    rows.append(("/".join(["y" * 250] * 16) + "/z.png", "test", LABELS[0], False))
    with open(os.path.join(folder, "manifest.csv"), "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["path", "split", "label"])
        writer.writerows(row[:3] for row in rows)
    with open(os.path.join(folder, "names.json"), "w", encoding="utf-8") as file:
        json.dump([dict(zip(("path", "split", "label", "there"), row)) for row in rows], file)

    head = b"path,split,label\n"
    write(os.path.join(folder, "refused-escape.csv"), head + b'"train/\x1b[31mred.png",train,a\n')
    write(os.path.join(folder, "refused-newline.csv"), head + b'"train/two\nlines.png",train,a\n')
    write(os.path.join(folder, "refused-bytes.csv"), head + b"train/\xff\xfe\x1b[31m.png,train,a\n")
    write(os.path.join(folder, "refused-label.csv"), head + b"train/a.png,train,\xff\x9b31m\n")
    write(os.path.join(folder, "refused-outside.csv"), head + b"../\xe2\x80\xaegnp.png,train,a\n")
    write(
        os.path.join(folder, "refused-surrogate.jsonl"),
        b'{"path": "train/\\ud800\\u001b[31m.png", "split": "train", "label": "a"}\n',
    )


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: make.py FOLDER")
    main(sys.argv[1])
