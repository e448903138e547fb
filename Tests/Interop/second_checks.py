"""The second implementation and splitseal judge the same certificates, and have to agree: kept ones, fresh ones, and variants
that were tampered with, of which those of the statement are signed anew."""

import base64
import hashlib
import json
import pathlib
import shutil
import subprocess
import sys

import dataset
from second import PAYLOAD_TYPE
from signatures import flipped
from table import run

VECTOR = pathlib.Path(__file__).parent / "vector"


class Variant:
    """A certificate and its records, to be changed."""

    def __init__(self, bench, folder):
        self.bench = bench
        self.bundle = json.loads((folder / "splitseal.sigstore.json").read_bytes())
        self.records = (folder / "records.jsonl").read_bytes()
        self.raw = None

    @property
    def envelope(self):
        return self.bundle["dsseEnvelope"]

    @property
    def statement(self):
        return json.loads(base64.b64decode(self.envelope["payload"]))

    def sign(self, payload, key="p256"):
        """Puts a payload in, signed by openssl."""
        if not isinstance(payload, bytes):
            payload = json.dumps(payload, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
        signed, signature = self.bench.folder / "signed", self.bench.folder / "signature"
        signed.write_bytes(b"DSSEv1 28 %s %d %s" % (PAYLOAD_TYPE.encode(), len(payload), payload))
        command = ["dgst", "-sha256", "-sign", self.bench.folder / f"{key}.key", "-out", signature, signed]
        if key == "ed25519":
            command = ["pkeyutl", "-sign", "-inkey", self.bench.folder / "ed25519.key", "-rawin", "-in", signed, "-out",
                       signature]
        subprocess.run(["openssl", *command], check=True, capture_output=True)
        self.envelope["payload"] = base64.b64encode(payload).decode()
        self.envelope["signatures"][0]["sig"] = base64.b64encode(signature.read_bytes()).decode()

    def edit(self, *path, value):
        """Changes a member of the statement and signs it anew."""
        statement = self.statement
        place = statement
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = value(place[path[-1]]) if callable(value) else value
        self.sign(statement)

    def write(self, folder):
        folder.mkdir(exist_ok=True)
        (folder / "splitseal.sigstore.json").write_bytes(self.raw or json.dumps(self.bundle).encode())
        (folder / "records.jsonl").write_bytes(self.records)


def replace(variant, old, new):
    assert old in variant.records
    variant.records = variant.records.replace(old, new, 1)


def swap_lines(variant):
    lines = variant.records.splitlines(keepends=True)
    variant.records = b"".join([lines[1], lines[0], *lines[2:]])


def commit(variant, change):
    """Changes the records and the digest of them that the statement names."""
    change(variant)
    statement = variant.statement
    digest = hashlib.sha256(variant.records).hexdigest()
    statement["subject"][0]["digest"]["sha256"] = digest
    statement["predicate"]["commitment"]["records"]["digest"]["sha256"] = digest
    variant.sign(statement)


P = "predicate"
#: What is done, and the status that docs/certificate.md asks for.
def looked_at(waived=0, different=0):
    """The counts of decisions about pairs."""
    nothing = {"different": 0, "same": 0, "unsure": 0}
    return {"belowThreshold": nothing | {"same": 2}, "reported": nothing | {"different": different}, "stale": 1, "waived": waived}


VARIANTS = [
    ("as it is", 0, lambda v: None),
    ("signed by openssl", 0, lambda v: v.sign(v.statement)),
    ("bare envelope", 0, lambda v: setattr(v, "raw", json.dumps(v.envelope).encode())),
    ("URL-safe base64", 0, lambda v: v.envelope.update(
        payload=v.envelope["payload"].replace("+", "-").replace("/", "_"))),
    ("unknown member in the predicate", 0, lambda v: v.edit(P, value=lambda p: p | {"later": 1})),
    ("a wrong keyid", 0, lambda v: v.envelope["signatures"][0].update(keyid="SHA256:nobody")),
    ("payload byte", 1, lambda v: v.envelope.update(payload=flipped(v.envelope["payload"], 100))),
    ("signature byte", 1, lambda v: v.envelope["signatures"][0].update(
        sig=flipped(v.envelope["signatures"][0]["sig"], 20))),
    ("payloadType", 4, lambda v: v.envelope.update(payloadType="application/json")),
    ("no signature", 4, lambda v: v.envelope.update(signatures=[])),
    ("two signatures", 4, lambda v: v.envelope.update(signatures=v.envelope["signatures"] * 2)),
    ("media type of an older bundle", 4, lambda v: v.bundle.update(
        mediaType="application/vnd.dev.sigstore.bundle+json;version=0.3")),
    ("unknown member in the bundle", 4, lambda v: v.bundle.update(note="x")),
    ("base64 with a line feed", 4, lambda v: v.envelope.update(payload=v.envelope["payload"] + "\n")),
    ("base64 without padding", 4, lambda v: v.envelope["signatures"][0].update(sig="AAA")),
    ("a key twice in the envelope", 4, lambda v: setattr(
        v, "raw", json.dumps(v.bundle).encode().replace(b'"payload":', b'"payload":"AAAA","payload":'))),
    ("byte order mark", 4, lambda v: setattr(v, "raw", b"\xef\xbb\xbf" + json.dumps(v.bundle).encode())),
    ("bytes behind the envelope", 4, lambda v: setattr(v, "raw", json.dumps(v.bundle).encode() + b"{}")),
    ("nested deeper than 32", 4, lambda v: v.sign(b'{"a":' * 40 + b"1" + b"}" * 40)),
    ("a fraction in the statement", 4, lambda v: v.edit(P, "commitment", "images", value=16.5)),
    ("an integer of 2^53", 4, lambda v: v.edit(P, value=lambda p: p | {"later": 2**53})),
    ("a text of more than 4 KiB", 4, lambda v: v.edit(P, value=lambda p: p | {"later": "x" * 4097})),
    ("other predicateType", 4, lambda v: v.edit("predicateType", value="https://model_signing/signature/v1.0")),
    ("other major version", 4, lambda v: v.edit("predicateType", value="urn:splitseal:split-certificate:v2")),
    ("other _type", 4, lambda v: v.edit("_type", value="https://in-toto.io/Statement/v0.1")),
    ("schemaVersion 2.0", 4, lambda v: v.edit(P, "schemaVersion", value="2.0")),
    ("schemaVersion 1.7", 0, lambda v: v.edit(P, "schemaVersion", value="1.7")),
    ("other tree", 4, lambda v: v.edit(P, "commitment", "tree", value="rfc6962-sha1")),
    ("unknown mode", 4, lambda v: v.edit(P, "commitment", "mode", value="secret")),
    ("a second digest of a subject", 4, lambda v: v.edit(
        "subject", 0, "digest", value=lambda d: d | {"sha1": "00"})),
    ("createdAt of another form", 4, lambda v: v.edit(P, "certificate", "createdAt", value="yesterday")),
    ("a count below 0", 4, lambda v: v.edit(P, "coverage", "listed", value=-1)),
    ("two subjects of one name", 1, lambda v: v.edit("subject", value=lambda s: s + [s[0]])),
    ("a manifest that is no subject", 1, lambda v: v.edit("subject", value=lambda s: s[:1])),
    ("another count of images", 1, lambda v: v.edit(P, "commitment", "images", value=17)),
    ("another count of a split", 1, lambda v: v.edit(P, "splits", 0, "count", value=lambda n: n + 1)),
    ("another count of unreadable images", 1, lambda v: v.edit(P, "coverage", "unreadable", value=1)),
    ("findings that do not add up", 1, lambda v: v.edit(P, "findings", "bySeverity", "error", value=7)),
    ("a verdict that does not follow", 1, lambda v: v.edit(P, "policy", "verdict", value="pass")),
    ("pairs that were looked at", 0, lambda v: v.edit(P, value=lambda p: p | {"decisions": looked_at()})),
    ("decisions that waive what was not decided", 1, lambda v: v.edit(
        P, value=lambda p: p | {"decisions": looked_at(waived=1)})),
    ("decisions that waive without a waiver", 1, lambda v: v.edit(
        P, value=lambda p: p | {"decisions": looked_at(waived=1, different=1)})),
    ("decisions of another form", 4, lambda v: v.edit(P, value=lambda p: p | {"decisions": {"waived": 0}})),
    ("a waiver without a finding", 1, lambda v: v.edit(
        P, value=lambda p: p | {"waivers": [{"rule": "group-leak", "reason": "x"}]})),
    ("a group less", 1, lambda v: v.edit(P, "splits", 0, "groups", value=lambda n: n - 1)),
    ("a class less", 1, lambda v: v.edit(P, "splits", 0, "classes", value=lambda c: c[1:])),
    ("fields that are not there", 1, lambda v: v.edit(P, "commitment", "fields", value=lambda f: f + ["width"])),
    ("recordRoot", 1, lambda v: v.edit(P, "splits", 1, "recordRoot", value="0" * 64)),
    ("contentRoot", 1, lambda v: v.edit(P, "splits", 1, "contentRoot", value="0" * 64)),
    ("exactBytes", 1, lambda v: v.edit(P, "overlaps", 0, "exactBytes", value=1)),
    ("sharedGroups", 1, lambda v: v.edit(P, "overlaps", 0, "sharedGroups", value=9)),
    ("a pair of splits less", 1, lambda v: v.edit(P, "overlaps", value=lambda o: o[1:])),
    ("an edit found more often than tried", 1, lambda v: v.edit(
        P, value=lambda p: p | {"power": [{"edit": "crop", "found": 2, "tried": 1}]})),
    ("label swapped in the records", 1, lambda v: replace(v, b'"label":"cat"', b'"label":"dog"')),
    ("label swapped and committed to", 1, lambda v: commit(
        v, lambda v: replace(v, b'"label":"cat"', b'"label":"dog"'))),
    ("records in another order", 1, lambda v: commit(v, swap_lines)),
    ("a space in a record", 1, lambda v: commit(v, lambda v: replace(v, b'"size":', b'"size": '))),
    ("an unknown member in a record", 1, lambda v: commit(
        v, lambda v: replace(v, b',"split":"test"}', b',"split":"test","width":1}'))),
    ("a path that leaves the root", 1, lambda v: commit(
        v, lambda v: replace(v, b'"path":"test/cat/0', b'"path":"test/../0'))),
    ("a decomposed path", 1, lambda v: commit(
        v, lambda v: replace(v, "é.png".encode(), "e\u0301.png".encode()))),
    ("upper-case digest", 1, lambda v: commit(v, lambda v: setattr(
        v, "records", v.records.replace(v.records[70:90], v.records[70:90].upper(), 1)))),
    ("the last line feed left out", 1, lambda v: commit(v, lambda v: setattr(v, "records", v.records[:-1]))),
    ("no records", 1, lambda v: commit(v, lambda v: setattr(v, "records", b""))),
]


def check(table, bench):
    second = table.tool("second implementation", ".".join(map(str, sys.version_info[:2])))
    folder = bench.folder / "variant"

    def statuses(key, data=bench.data):
        certificate, public = folder / "splitseal.sigstore.json", bench.folder / f"{key}.pub"
        script = pathlib.Path(__file__).parent / "second.py"
        done = run(sys.executable, script, certificate, public, data)
        own = run(bench.program, "verify", data / "list.csv", certificate, "--public-key", public, "--quiet")
        return done.returncode, own.returncode, done.stdout.decode().strip()

    def judge(name, wanted, key="p256", data=bench.data):
        theirs, own, said = statuses(key, data)
        if own != wanted:
            table.surprises.append(f"splitseal verify: {name}: status {own}, not {wanted}")
        (second.accepts if wanted == 0 else second.refuses)(name, lambda: theirs == 0)
        if theirs != wanted:
            table.surprises.append(f"second implementation: {name}: status {theirs}, not {wanted}: {said}")

    for name, wanted, change in VARIANTS:
        variant = Variant(bench, bench.certificates["p256"])
        change(variant)
        variant.write(folder)
        judge(name, wanted)
    variant = Variant(bench, bench.certificates["p256"])
    variant.sign(variant.statement, "ed25519")
    variant.write(folder)
    judge("Ed25519 signature by openssl", 0, "ed25519")
    judge("Ed25519 signature and a P-256 key", 1)
    Variant(bench, bench.certificates["p256"]).write(folder)
    judge("other key", 1, "other")
    for name, change in (("file changed", lambda file: file.write_bytes(dataset.png(99))),
                         ("file missing", lambda file: file.unlink())):
        data = bench.copy("second")
        change(data / "test" / "cat" / "0 é.png")
        judge(name, 1, data=data)
    # A certificate of an earlier version of splitseal stays what it was.
    shutil.rmtree(folder)
    shutil.copytree(VECTOR, folder)
    shutil.copy(VECTOR / "splitseal.pub", bench.folder / "kept.pub")
    judge("kept certificate of the same pictures", 0, "kept")
