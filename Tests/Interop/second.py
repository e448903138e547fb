#!/usr/bin/env python3
"""A second implementation of the certificate's verifier, written from docs/certificate.md alone: Python's standard library,
and openssl for the signature. Usage: second.py CERTIFICATE PUBLIC_KEY [FOLDER OF THE DATASET]

records.jsonl is looked for beside the certificate. Exit status as in the document: 0 everything holds, 1 something does not
match, 4 the certificate is malformed or of another kind. Who is to be trusted is the caller's business.
"""

import base64
import hashlib
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import second_records
from second_records import Mismatch

PAYLOAD_TYPE = "application/vnd.in-toto+json"
MEDIA_TYPE = "application/vnd.dev.sigstore.bundle.v0.3+json"
SEVERITIES = ("note", "warning", "error")
VERDICTS = ("pass", "fail", "inconclusive")


class Malformed(Exception):
    """The certificate breaks the format, or is of a kind that is not known."""


def need(condition, sentence, error=Malformed):
    if not condition:
        raise error(sentence)


def parse(data, text_limit):
    """Section 'The signature': JSON without a second reading."""
    def pairs(members):
        need(len({key for key, _ in members}) == len(members), "a key stands twice")
        return dict(members)

    def number(text):
        need(abs(int(text)) < 2**53, "an integer of 2^53 or more")
        return int(text)

    def refuse(text):
        raise Malformed(f"the number {text}")

    def depth(value):
        if isinstance(value, str):
            need(len(value.encode()) <= text_limit, "a text is too long")
            return 0
        children = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else None
        return 0 if children is None else 1 + max(map(depth, children), default=0)

    try:
        need(not data.startswith(b"\xef\xbb\xbf"), "a byte order mark")
        value = json.loads(data.decode(), object_pairs_hook=pairs, parse_int=number, parse_float=refuse,
                           parse_constant=refuse)
        need(depth(value) <= 32, "nested deeper than 32")  # encode() refuses lone surrogates on the way
        return value
    except (ValueError, RecursionError) as error:
        raise Malformed(f"no JSON: {error}") from error


def members(value, required, optional=()):
    need(isinstance(value, dict), "no object")
    need(set(required) <= set(value) <= set(required) | set(optional), f"members {sorted(value)}")


def decoded(text):
    """Base64 in its one form, in either alphabet but not in both."""
    need(isinstance(text, str) and text and re.fullmatch(r"[A-Za-z0-9+/]*=*|[A-Za-z0-9_-]*=*", text), "no base64")
    try:
        data = base64.b64decode(text.replace("-", "+").replace("_", "/"), validate=True)
    except ValueError as error:
        raise Malformed("no base64") from error
    need(base64.b64encode(data).decode() == text.replace("-", "+").replace("_", "/"), "another form of base64")
    return data


def envelope(data):
    """The payload and the signature."""
    need(len(data) <= 8 << 20, "more than 8 MiB")
    bundle = parse(data, 8 << 20)
    need(isinstance(bundle, dict), "no object")
    inner = bundle
    if "dsseEnvelope" in bundle or "mediaType" in bundle:
        members(bundle, ["mediaType", "dsseEnvelope", "verificationMaterial"])
        need(bundle["mediaType"] == MEDIA_TYPE, "another media type")
        material = bundle["verificationMaterial"]
        members(material, ["publicKey"], ["tlogEntries", "timestampVerificationData"])
        need(isinstance(material.get("tlogEntries", []), list), "tlogEntries")
        members(material["publicKey"], [], ["hint"])
        need(isinstance(material["publicKey"].get("hint", ""), str), "hint")
        inner = bundle["dsseEnvelope"]
    members(inner, ["payload", "payloadType", "signatures"])
    need(inner["payloadType"] == PAYLOAD_TYPE, "another payload type")
    need(isinstance(inner["signatures"], list) and len(inner["signatures"]) == 1, "not one signature")
    members(inner["signatures"][0], ["sig"], ["keyid"])
    need(isinstance(inner["signatures"][0].get("keyid", ""), str), "keyid")
    return decoded(inner["payload"]), decoded(inner["signatures"][0]["sig"])


def check_signature(payload, signature, key):
    kind = subprocess.run(["openssl", "pkey", "-pubin", "-in", key, "-noout", "-text"], capture_output=True, text=True)
    with tempfile.TemporaryDirectory() as folder:
        signed, sig = pathlib.Path(folder, "signed"), pathlib.Path(folder, "sig")
        signed.write_bytes(b"DSSEv1 28 %s %d %s" % (PAYLOAD_TYPE.encode(), len(payload), payload))
        sig.write_bytes(signature)
        if "prime256v1" in kind.stdout:
            command = ["dgst", "-sha256", "-verify", key, "-signature", sig, signed]
        else:
            need("ED25519" in kind.stdout, "the key is neither P-256 nor Ed25519", Mismatch)
            command = ["pkeyutl", "-verify", "-pubin", "-inkey", key, "-rawin", "-in", signed, "-sigfile", sig]
        need(subprocess.run(["openssl", *command], capture_output=True).returncode == 0, "signature", Mismatch)


def text(value):
    need(isinstance(value, str), f"{value!r} is no text")
    return value


def count(value):
    need(isinstance(value, int) and not isinstance(value, bool) and value >= 0, f"{value!r} is no count")
    return value


def digest(value):
    need(isinstance(value, str) and re.fullmatch("[0-9a-f]{64}", value), f"{value!r} is no digest")
    return value


def named(file):
    need(list(file["digest"]) == ["sha256"], "other digests than sha256")
    return text(file["name"]), digest(file["digest"]["sha256"])


def check_statement(statement):
    """Steps 2 and 3; gives the predicate."""
    need(statement["_type"] == "https://in-toto.io/Statement/v1", "_type")
    need(statement["predicateType"] == "urn:splitseal:split-certificate:v1", "predicateType")
    predicate = statement["predicate"]
    need(re.fullmatch(r"1|1\..*", text(predicate["schemaVersion"]), re.S), "schemaVersion")
    commitment = predicate["commitment"]
    for member, value in (("tree", "rfc6962-sha256"), ("recordFormat", "splitseal-record/1"),
                          ("order", "split-path-utf8"), ("mode", "public")):
        need(commitment[member] == value, member)
    need(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", predicate["certificate"]["createdAt"], re.A), "createdAt")
    need(isinstance(statement["subject"], list) and len(statement["subject"]) <= 64, "subjects")
    subjects = [named(file) for file in statement["subject"]]
    for split in predicate["splits"]:
        text(split["name"]), text(split["role"]), digest(split["recordRoot"]), digest(split["contentRoot"])
        count(split["count"]), count(split["bytes"]), count(split.get("groups", 0))
    for pair in predicate["overlaps"]:
        text(pair["a"]), text(pair["b"])
        for member in ("exactBytes", "exactPixels", "nearDuplicate"):
            count(pair[member])
    need(len(predicate["splits"]) <= 128, "more than 128 splits")

    need(len({name for name, _ in subjects}) == len(subjects), "two subjects of one name", Mismatch)
    for file in [commitment["records"], *predicate["dataset"].get("inputs", [])]:
        need(named(file) in subjects, "a file that is no subject", Mismatch)
    images, coverage = count(commitment["images"]), predicate["coverage"]
    need(images > 0, "no images", Mismatch)
    need(sum(split["count"] for split in predicate["splits"]) == images, "counts", Mismatch)
    need(sum(split["bytes"] for split in predicate["splits"]) == count(commitment["bytes"]), "bytes", Mismatch)
    need(count(coverage["listed"]) == images, "listed", Mismatch)
    need(count(coverage["checked"]) + count(coverage["unreadable"]) == coverage["listed"], "coverage", Mismatch)
    check_compared(predicate)
    check_findings(predicate)
    return predicate


def compared(entry, images):
    """Images read, compared and in doubt, of so many; None where the statement does not say, as in schema 1.0."""
    if "compared" not in entry and "inDoubt" not in entry:
        return None
    read, seen, doubtful = (count(entry[member]) for member in ("checked", "compared", "inDoubt"))
    need(seen <= read <= images and doubtful <= read, "compared", Mismatch)
    return read, seen, doubtful


def check_compared(predicate):
    whole = compared(predicate["coverage"], predicate["coverage"]["listed"])
    parts = [compared(split, split["count"]) for split in predicate["splits"]]
    need(all((part is None) == (whole is None) for part in parts), "compared in part", Mismatch)
    if whole is not None:
        need(tuple(map(sum, zip(*parts))) == whole, "the splits' compared images", Mismatch)
    if "alikeness" in predicate:
        share, by_design = predicate["alikeness"]["share"], predicate["alikeness"]["byDesign"]
        need(re.fullmatch(r"0\.\d{4}|1\.0000", text(share), re.A) and isinstance(by_design, bool), "alikeness")
        need(abs(float(share) - 0.02) < 0.00006 or (float(share) >= 0.02) == by_design, "alike by design", Mismatch)


def check_findings(predicate):
    findings, policy = predicate["findings"], predicate["policy"]
    need(policy["failOn"] in SEVERITIES and policy["verdict"] in VERDICTS, "policy")
    need(policy.get("verdictWithoutWaivers", "pass") in VERDICTS, "verdictWithoutWaivers")
    for rule in findings["byRule"]:
        text(rule["rule"]), count(rule["count"]), count(rule.get("waived", 0))
        need(rule["severity"] in SEVERITIES, "severity")
    waivers = [text(waiver["rule"]) for waiver in predicate.get("waivers", [])]
    for severity in SEVERITIES:
        total = sum(rule["count"] for rule in findings["byRule"] if rule["severity"] == severity)
        need(total == count(findings["bySeverity"][severity]), f"findings of severity {severity}", Mismatch)
    waived = {}
    for rule in findings["byRule"]:
        need(rule.get("waived", 0) <= rule["count"], "more waivers than findings", Mismatch)
        waived[rule["rule"]] = waived.get(rule["rule"], 0) + rule.get("waived", 0)
    for name in set(waived) | set(waivers):
        need(waived.get(name, 0) == waivers.count(name), f"waivers of {name}", Mismatch)
    if "decisions" in predicate:
        decisions = predicate["decisions"]
        for kind in ("reported", "belowThreshold"):
            for word in ("same", "different", "unsure"):
                count(decisions[kind][word])
        count(decisions["stale"])
        need(count(decisions["waived"]) <= decisions["reported"]["different"], "waived by decisions", Mismatch)
        need(decisions["waived"] <= waivers.count("near-duplicate"), "waivers by decisions", Mismatch)
    failing = [rule for rule in findings["byRule"]
               if SEVERITIES.index(rule["severity"]) >= SEVERITIES.index(policy["failOn"])]
    fails = any(rule["count"] > rule.get("waived", 0) for rule in failing)
    need((policy["verdict"] == "fail") == fails, "verdict", Mismatch)
    if "verdictWithoutWaivers" in policy:
        fails = any(rule["count"] > 0 for rule in failing)
        need((policy["verdictWithoutWaivers"] == "fail") == fails, "verdictWithoutWaivers", Mismatch)
    edits = [text(edit["edit"]) for edit in predicate.get("power", [])]
    need(len(set(edits)) == len(edits), "an edit stands twice", Mismatch)
    for edit in predicate.get("power", []):
        need(count(edit["found"]) <= count(edit["tried"]), "more found than tried", Mismatch)


def verify(certificate, key, folder=None):
    """Raises Malformed or Mismatch; gives the certificate id."""
    payload, signature = envelope(certificate.read_bytes())
    check_signature(payload, signature, key)
    try:
        predicate = check_statement(parse(payload, 4 << 10))
    except (KeyError, TypeError, AttributeError) as error:
        raise Malformed(f"the statement lacks {error}") from error
    records = second_records.check((certificate.parent / "records.jsonl").read_bytes(), predicate)
    if folder:
        second_records.check_files(records, folder)
    return hashlib.sha256(payload).hexdigest()


def main():
    certificate, key, *folder = [pathlib.Path(argument) for argument in sys.argv[1:]]
    try:
        print("holds:", verify(certificate, key, *folder))
    except Malformed as error:
        print(f"malformed: {error}")
        sys.exit(4)
    except Mismatch as error:
        print(f"does not match: {error}")
        sys.exit(1)


if __name__ == "__main__":
    main()
