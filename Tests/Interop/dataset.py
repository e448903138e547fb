"""Draws a small dataset: pictures of noise, a manifest with labels and groups."""

import random
import struct
import zlib


def png(seed, side=16):
    """A grey picture; every seed gives another, and everywhere the same bytes."""
    generator = random.Random(seed)
    rows = b"".join(b"\0" + generator.randbytes(side) for _ in range(side))

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    # Not compressed: every version of zlib compresses in its own way.
    length = struct.pack("<H", len(rows)) + struct.pack("<H", len(rows) ^ 0xFFFF)
    stored = b"\x78\x01\x01" + length + rows + struct.pack(">I", zlib.adler32(rows))
    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", stored) + chunk(b"IEND", b"")


def make(folder):
    """Writes the pictures and list.csv; names need care on purpose."""
    rows = ["path,split,label,group"]
    seed = 0
    for split, count in (("train", 8), ("val", 3), ("test", 5)):
        for number in range(count):
            label = ("cat", "dög & co")[number % 2]
            path = f"{split}/{label}/{number} é.png"
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(png(seed))
            rows.append(f"{path},{split},{label},patient-{seed // 2}")
            seed += 1
    # Sorted component by component, 'a/b' stands before 'a-b'; sorted as a text it does not.
    (folder / "a").mkdir()
    (folder / "a" / "b.txt").write_text("one\n")
    (folder / "a-b.txt").write_text("two\n")
    (folder / "list.csv").write_text("\n".join(rows) + "\n")
