"""The certificate itself: signature, statement, bundle, canonical form, roots, fingerprint."""

import base64
import copy
import importlib.metadata
import json

import pymerkle
import rfc8785
import sigstore.dsse
from google.protobuf import json_format
from in_toto_attestation.v1 import statement_pb2
from in_toto_attestation.v1.statement import Statement
from securesystemslib.dsse import Envelope
from securesystemslib.signer import SSlibKey
from sigstore_models.bundle import v1 as bundle_v1
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from table import run


def version(package):
    return importlib.metadata.version(package)


def flipped(text, place):
    """The base64 of the same bytes with one bit changed."""
    data = bytearray(base64.b64decode(text))
    data[place] ^= 1
    return base64.b64encode(bytes(data)).decode()


def without_signature(envelope):
    envelope["signatures"] = []


def with_payload_byte(envelope):
    envelope["payload"] = flipped(envelope["payload"], 100)


def with_signature_byte(envelope):
    # Not in the outer DER header, which a parser would refuse before it compares anything.
    envelope["signatures"][0]["sig"] = flipped(envelope["signatures"][0]["sig"], 20)


def with_type(envelope):
    envelope["payloadType"] = "application/json"


#: What a stranger may do to an envelope.
TAMPERED = [("payload byte", with_payload_byte), ("signature byte", with_signature_byte),
            ("payloadType", with_type), ("no signature", without_signature)]


def check(table, bench, kind, output):
    bundle = json.loads((output / "splitseal.sigstore.json").read_bytes())
    envelope = bundle["dsseEnvelope"]
    payload = base64.b64decode(envelope["payload"])
    records = (output / "records.jsonl").read_bytes()
    check_openssl(table, bench, kind, envelope)
    check_fingerprint(table, bench, kind, bundle)
    check_securesystemslib(table, bench, kind, envelope)
    check_review(table, bench, kind, output)
    if kind != "p256":
        return
    check_statement(table, payload)
    check_sigstore(table, payload)
    check_bundle(table, bundle)
    check_canonical(table, bundle, payload, records)
    check_roots(table, json.loads(payload), records)


def pae(envelope):
    payload, kind = base64.b64decode(envelope["payload"]), envelope["payloadType"].encode()
    return b"DSSEv1 %d %s %d %s" % (len(kind), kind, len(payload), payload)


def check_openssl(table, bench, kind, envelope):
    tool = table.tool("openssl", run("openssl", "version").stdout.decode().split()[1])

    def verify(change=None, key=kind):
        changed = copy.deepcopy(envelope)
        if change:
            change(changed)
        signed, signature = bench.folder / "signed", bench.folder / "signature"
        signed.write_bytes(pae(changed))
        signature.write_bytes(base64.b64decode(changed["signatures"][0]["sig"]) if changed["signatures"] else b"")
        public = bench.folder / f"{key}.pub"
        command = ["dgst", "-sha256", "-verify", public, "-signature", signature, signed]
        if kind == "ed25519":
            command = ["pkeyutl", "-verify", "-pubin", "-inkey", public, "-rawin", "-in", signed, "-sigfile", signature]
        return run("openssl", *command).returncode == 0

    tool.accepts(f"{kind} signature", verify)
    for name, change in TAMPERED:
        tool.refuses(f"{kind} {name}", lambda change=change: verify(change))
    tool.refuses(f"{kind} other key", lambda: verify(key="other"))


def check_fingerprint(table, bench, kind, bundle):
    tool = table.tool("ssh-keygen", run("ssh", "-V").stdout.decode().split(",")[0].replace("OpenSSH_", ""))
    keyid = bundle["dsseEnvelope"]["signatures"][0]["keyid"]

    def shows(name):
        public = bench.folder / f"{name}.ssh"
        # OpenSSH reads PKCS#8 of ECDSA alone; of Ed25519 the fingerprint is that of the wire format.
        if name == "ed25519":
            raw = (bench.folder / "ed25519.pub").read_text().split("\n")[1]
            key = base64.b64decode(raw)[-32:]
            wire = b"\0\0\0\x0bssh-ed25519\0\0\0\x20" + key
            public.write_text("ssh-ed25519 " + base64.b64encode(wire).decode() + "\n")
        else:
            public.write_bytes(run("ssh-keygen", "-i", "-m", "PKCS8", "-f", bench.folder / f"{name}.pub").stdout)
        return run("ssh-keygen", "-lf", public).stdout.decode().split()[1] == keyid

    tool.accepts(f"{kind} keyid is the fingerprint", lambda: shows(kind))
    tool.accepts(f"{kind} hint is the keyid",
                 lambda: bundle["verificationMaterial"]["publicKey"]["hint"] == keyid)
    tool.refuses(f"{kind} fingerprint of other key", lambda: shows("other"))


def check_securesystemslib(table, bench, kind, envelope):
    tool = table.tool("securesystemslib", version("securesystemslib"))
    keyid = envelope["signatures"][0]["keyid"]

    def verify(change=None, key=kind):
        changed = copy.deepcopy(envelope)
        if change:
            change(changed)
        public = load_pem_public_key((bench.folder / f"{key}.pub").read_bytes())
        Envelope.from_dict(changed).verify([SSlibKey.from_crypto(public, keyid=keyid)], 1)

    def twice(changed):
        changed["signatures"] = [dict(changed["signatures"][0]), dict(changed["signatures"][0])]

    tool.accepts(f"{kind} envelope", verify)
    for name, change in [*TAMPERED, ("same signature twice", twice)]:
        tool.refuses(f"{kind} {name}", lambda change=change: verify(change))
    tool.refuses(f"{kind} other key", lambda: verify(key="other"))


def check_review(table, bench, kind, output):
    """A reviewer's statement (verify --svr) in the same container, with its own key."""
    review = bench.folder / "review.json"
    bench.splitseal(0, "verify", bench.data / "list.csv", output / "splitseal.sigstore.json", "--public-key",
                    bench.folder / f"{kind}.pub", "--svr", review, "--key", bench.folder / "other.key")
    envelope = json.loads(review.read_bytes())["dsseEnvelope"]
    statement = json.loads(base64.b64decode(envelope["payload"]))
    public = SSlibKey.from_crypto(
        load_pem_public_key((bench.folder / "other.pub").read_bytes()), keyid=envelope["signatures"][0]["keyid"])

    def verify(change=lambda envelope: None):
        changed = copy.deepcopy(envelope)
        change(changed)
        Envelope.from_dict(changed).verify([public], 1)

    tool = table.tool("securesystemslib", version("securesystemslib"))
    tool.accepts(f"review of the {kind} certificate", verify)
    tool.refuses(f"review of the {kind} certificate, payload byte", lambda: verify(with_payload_byte))
    predicate = statement["predicate"]
    table.tool("in-toto-attestation", version("in-toto-attestation")).accepts(
        f"review of the {kind} certificate as SVR 0.2",
        lambda: Statement.copy_from_pb(json_format.ParseDict(statement, statement_pb2.Statement())).validate() or
        statement["predicateType"] == "https://in-toto.io/attestation/svr/v0.2"
        and set(predicate) == {"verifier", "timeCreated", "properties"}
        and isinstance(predicate["verifier"]["policies"], list))


def check_sigstore(table, payload):
    tool = table.tool("sigstore", version("sigstore"))

    def read(change=None):
        statement = json.loads(payload)
        if change:
            change(statement)
        sigstore.dsse.Statement(json.dumps(statement).encode())

    tool.accepts("statement", read)
    tool.refuses("subject with a digest of our own",
                 lambda: read(lambda s: s["subject"][0]["digest"].update(splitsealRoot="00")))
    tool.refuses("subject without a name", lambda: read(lambda s: s["subject"][0].pop("name")))


def check_statement(table, payload):
    tool = table.tool("in-toto-attestation", version("in-toto-attestation"))

    def validate(change=None):
        statement = json.loads(payload)
        if change:
            change(statement)
        Statement.copy_from_pb(json_format.ParseDict(statement, statement_pb2.Statement())).validate()

    tool.accepts("statement", validate)
    tool.refuses("other _type", lambda: validate(lambda s: s.update(_type="https://in-toto.io/Statement/v0.1")))
    tool.refuses("no predicateType", lambda: validate(lambda s: s.pop("predicateType")))
    tool.refuses("no subject", lambda: validate(lambda s: s.update(subject=[])))
    tool.refuses("subject without digest", lambda: validate(lambda s: s["subject"][0].pop("digest")))


def check_bundle(table, bundle):
    tool = table.tool("sigstore-models", version("sigstore-models"))

    def parse(change=None):
        changed = copy.deepcopy(bundle)
        if change:
            change(changed)
        bundle_v1.Bundle.from_json(json.dumps(changed).encode())

    tool.accepts("bundle", parse)
    tool.refuses("own member in the bundle", lambda: parse(lambda b: b.update(splitseal=1)))
    tool.refuses("own member in the signature",
                 lambda: parse(lambda b: b["dsseEnvelope"]["signatures"][0].update(label="cat")))
    tool.refuses("no envelope", lambda: parse(lambda b: b.pop("dsseEnvelope")))


def check_canonical(table, bundle, payload, records):
    tool = table.tool("rfc8785", version("rfc8785"))

    def canonical(data):
        return rfc8785.dumps(json.loads(data)) == data

    lines = records.splitlines()
    tool.accepts("payload", lambda: canonical(payload))
    tool.accepts(f"{len(lines)} records", lambda: all(canonical(line) for line in lines))
    tool.refuses("space in the payload", lambda: canonical(payload.replace(b":", b": ", 1)))
    tool.refuses("record with members in another order",
                 lambda: canonical(json.dumps(dict(reversed(json.loads(lines[0]).items())),
                                              separators=(",", ":"), ensure_ascii=False).encode()))


def check_roots(table, statement, records):
    tool = table.tool("pymerkle", version("pymerkle"))

    def holds(data, change=None, root="recordRoot"):
        splits = copy.deepcopy(statement["predicate"]["splits"])
        if change:
            change(splits)
        for split in splits:
            lines = [line for line in data.splitlines() if json.loads(line)["split"] == split["name"]]
            leaves = lines if root == "recordRoot" else sorted(
                bytes.fromhex(json.loads(line)["sha256"]) for line in lines)
            tree = pymerkle.InmemoryTree(algorithm="sha256")
            for leaf in leaves:
                tree.append_entry(leaf)
            if tree.get_state().hex() != split[root]:
                return False
        return True

    swapped = records.replace(b'"label":"cat"', b'"label":"dog"', 1)
    tool.accepts("record roots", lambda: holds(records))
    tool.accepts("content roots", lambda: holds(records, root="contentRoot"))
    tool.accepts("content roots after a swapped label", lambda: holds(swapped, root="contentRoot"))
    tool.refuses("label swapped in the records", lambda: holds(swapped))
    tool.refuses("record left out", lambda: holds(b"\n".join(records.splitlines()[1:])))
    for root in ("recordRoot", "contentRoot"):
        tool.refuses(f"{root} changed",
                     lambda root=root: holds(records, lambda s: s[0].update({root: "0" * 64}), root))
