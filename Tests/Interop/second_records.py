"""records.jsonl of the second implementation: its form, its roots and everything that is counted from it."""

import hashlib
import json
import re
import unicodedata

MEMBERS = ("group", "label", "path", "sha256", "size", "split")


class Mismatch(Exception):
    """The certificate is well-formed, and something does not match."""


def need(condition, sentence):
    if not condition:
        raise Mismatch(sentence)


def sha256(data):
    return hashlib.sha256(data).digest()


def root(leaves):
    """RFC 6962, section 2.1."""
    if len(leaves) < 2:
        return sha256(b"\0" + leaves[0]) if leaves else sha256(b"")
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return sha256(b"\1" + root(leaves[:half]) + root(leaves[half:]))


def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def check_path(path):
    need(1 <= len(path.encode()) <= 4096, f"length of {path!r}")
    need(unicodedata.is_normalized("NFC", path), f"{path!r} is not in form C")
    need(not re.search(r"[\\\x00-\x1f\x7f-\x9f]", path), f"a character of {path!r}")
    need(not re.match("[A-Za-z]:", path), f"{path!r} has a drive letter")
    need(not {"", ".", ".."} & set(path.split("/")), f"a component of {path!r}")


def one_file(path):
    """What two paths may not have in common."""
    folded = unicodedata.normalize("NFC", path.upper().lower())
    return "/".join(component.rstrip(". ") for component in folded.split("/"))


def parse_line(line):
    need(len(line) <= 64 << 10, "a line of more than 64 KiB")
    try:
        record = json.loads(line)
        need(isinstance(record, dict) and canonical(record) == line, "a line in another form")
    except ValueError as error:
        raise Mismatch(f"a line: {error}") from error
    need(set(MEMBERS[2:]) <= set(record) <= set(MEMBERS), f"members {sorted(record)}")
    need(all(isinstance(record[member], str) for member in record if member != "size"), "a member that is no text")
    need(isinstance(record["size"], int) and not isinstance(record["size"], bool), "size")
    need(0 <= record["size"] < 2**53, "size")
    need(re.fullmatch("[0-9a-f]{64}", record["sha256"]), "sha256")
    need(1 <= len(record["split"].encode()) <= 256 and not re.search(r"[\x00-\x1f\x7f]", record["split"]), "split")
    need(all(len(record.get(member, "").encode()) <= 4096 for member in ("label", "group")), "label or group")
    check_path(record["path"])
    return record


def parse(data):
    need(data.endswith(b"\n"), "records.jsonl is empty, or its last line does not end")
    records = [parse_line(line) for line in data[:-1].split(b"\n")]
    places = [(record["split"].encode(), record["path"].encode()) for record in records]
    need(all(a < b for a, b in zip(places, places[1:])), "the records are not in order")
    paths = {record["path"] for record in records}
    need(len({one_file(path) for path in paths}) == len(paths), "two paths would be one file")
    return records


def classes(records):
    counts = {}
    for record in records:
        if "label" in record:
            counts[record["label"]] = counts.get(record["label"], 0) + 1
    found = [{"count": counts[label], "label": label} for label in sorted(counts, key=str.encode)]
    if len(found) <= 200:
        return found or None
    numbers = [entry["count"] for entry in found]
    return {"classes": len(found), "min": min(numbers), "max": max(numbers),
            "digest": {"sha256": hashlib.sha256(canonical(found)).hexdigest()}}


def check(data, predicate):
    """Step 4; gives the records."""
    commitment = predicate["commitment"]
    need(hashlib.sha256(data).hexdigest() == commitment["records"]["digest"]["sha256"], "digest of the records")
    records = parse(data)
    need(len(records) == commitment["images"], "number of records")
    fields = sorted({member for record in records for member in record})
    need(commitment["fields"] == fields, "fields")
    names = sorted({record["split"] for record in records}, key=str.encode)
    need([split["name"] for split in predicate["splits"]] == names, "splits")
    digests, groups = {}, {}
    for split in predicate["splits"]:
        mine = [record for record in records if record["split"] == split["name"]]
        digests[split["name"]] = sorted(bytes.fromhex(record["sha256"]) for record in mine)
        groups[split["name"]] = {record["group"] for record in mine if "group" in record}
        recomputed = {
            "count": len(mine), "bytes": sum(record["size"] for record in mine), "classes": classes(mine),
            "groups": len(groups[split["name"]]), "recordRoot": root([canonical(record) for record in mine]).hex(),
            "contentRoot": root(digests[split["name"]]).hex()}
        for member, value in recomputed.items():
            need(split.get(member, 0 if member == "groups" else None) == value, f"{member} of {split['name']}")
    pairs = [(a, b) for index, a in enumerate(names) for b in names[index + 1:]]
    need([(pair["a"], pair["b"]) for pair in predicate["overlaps"]] == pairs, "pairs of splits")
    for pair in predicate["overlaps"]:
        a, b = pair["a"], pair["b"]
        equal = sum(digests[a].count(digest) * digests[b].count(digest) for digest in set(digests[a]))
        need(pair["exactBytes"] == equal, f"exactBytes of {a} and {b}")
        need(pair.get("sharedGroups", len(groups[a] & groups[b])) == len(groups[a] & groups[b]), "sharedGroups")
    return records


def check_files(records, folder):
    """Step 5, for the files that are listed."""
    for record in records:
        path = folder / record["path"]
        if not path.exists():  # a file system may hold the decomposed name
            path = folder / unicodedata.normalize("NFD", record["path"])
        need(path.is_file() and not path.is_symlink(), f"{record['path']!r} is missing")
        data = path.read_bytes()
        need(len(data) == record["size"] and hashlib.sha256(data).hexdigest() == record["sha256"],
             f"{record['path']!r} has other content")
