"""What splitseal writes for others: the model signature and the Croissant file."""

import base64
import hashlib
import json
import sys

from signatures import flipped, version
from table import run

FIRST = "train/cat/0 é.png"


def check_model_signing(table, bench):
    tool = table.tool("model_signing", version("model-signing"))
    data = bench.copy("oms")
    signature = data / ".splitseal" / "dataset.sig"
    bench.splitseal(0, "export", "oms", data / "list.csv", "--key", bench.folder / "p256.key")
    original = signature.read_bytes()

    def verify(folder=data, signature=signature, key="p256"):
        done = run(sys.executable, "-m", "model_signing", "verify", "key", folder, "--signature", signature,
                   "--public_key", bench.folder / f"{key}.pub")
        return done.returncode == 0 and b"succeeded" in done.stdout

    def tampered(change):
        bundle = json.loads(original)
        change(bundle["dsseEnvelope"])
        signature.write_text(json.dumps(bundle))
        try:
            return verify()
        finally:
            signature.write_bytes(original)

    def payload_byte(envelope):
        envelope["payload"] = flipped(envelope["payload"], 60)

    def signature_byte(envelope):
        envelope["signatures"][0]["sig"] = flipped(envelope["signatures"][0]["sig"], 20)

    tool.accepts("dataset.sig of export oms", verify)
    for name, change in (("payload byte", payload_byte), ("signature byte", signature_byte),
                         ("payloadType", lambda e: e.update(payloadType="application/json"))):
        tool.refuses(name, lambda change=change: tampered(change))
    tool.refuses("other key", lambda: verify(key="other"))
    certificate = bench.certificates["p256"] / "splitseal.sigstore.json"
    tool.refuses("the certificate itself", lambda: verify(signature=certificate))

    picture = data / FIRST
    content = picture.read_bytes()
    picture.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    tool.refuses("file changed", verify)
    picture.write_bytes(content)
    picture.rename(data / "train" / "cat" / "renamed.png")
    tool.refuses("file renamed", verify)
    (data / "train" / "cat" / "renamed.png").unlink()
    tool.refuses("file missing", verify)
    picture.write_bytes(content)
    (data / "added.txt").write_text("new\n")
    tool.refuses("file added", verify)
    (data / "added.txt").unlink()
    tool.accepts("the files as they were", verify)

    # certify --oms: the same bytes, and the root digest among the certificate's subjects.
    done = run(bench.program, "certify", data / "list.csv", "--key", bench.folder / "p256.key", "--oms", "--no-probe",
               "--no-cache", "--quiet")
    tool.accepts("dataset.sig of certify --oms", lambda: done.returncode in (0, 1, 3) and verify())
    roots = [payload(data / ".splitseal" / name)["subject"] for name in ("dataset.sig", "splitseal.sigstore.json")]
    tool.accepts("root digest is the certificate's subject 'oms:oms'",
                 lambda: {"name": "oms:oms", "digest": roots[0][0]["digest"]} in roots[1])
    # Ed25519 is not in the format, and splitseal says so.
    done = run(bench.program, "export", "oms", data / "list.csv", "--key", bench.folder / "ed25519.key")
    if done.returncode != 2:
        table.surprises.append(f"splitseal export oms with an Ed25519 key: {done.returncode}")


def payload(path):
    return json.loads(base64.b64decode(json.loads(path.read_bytes())["dsseEnvelope"]["payload"]))


def croissant(folder):
    """A Croissant file of the dataset, as mlcroissant's own examples are written."""
    def source(column):
        return {"fileObject": {"@id": "list.csv"}, "extract": {"column": column}}

    def field(name, kind, **more):
        return {"@type": "cr:Field", "@id": f"images/{name}", "name": name, "dataType": kind, **more}

    digest = hashlib.sha256((folder / "list.csv").read_bytes()).hexdigest()
    terms = ("citeAs column conformsTo containedIn extract field fileProperty fileObject fileSet format includes isLiveDataset "
             "jsonPath key md5 parentField path recordSet references regex repeated replace separator source subField "
             "transform").split()
    context = {"@language": "en", "@vocab": "https://schema.org/", "sc": "https://schema.org/",
               "cr": "http://mlcommons.org/croissant/", "dct": "http://purl.org/dc/terms/",
               "rai": "http://mlcommons.org/croissant/RAI/"}
    context |= {term: f"cr:{term}" for term in terms}
    context |= {"conformsTo": "dct:conformsTo", "data": {"@id": "cr:data", "@type": "@json"},
                "examples": {"@id": "cr:examples", "@type": "@json"},
                "dataType": {"@id": "cr:dataType", "@type": "@vocab"}}
    split_names = [{"splits/name": name, "splits/url": url} for name, url in
                   (("train", "cr:TrainingSplit"), ("val", "cr:ValidationSplit"), ("test", "cr:TestSplit"))]
    document = {
        "@context": context, "@type": "sc:Dataset", "name": "noise", "description": "Pictures of noise.",
        "conformsTo": "http://mlcommons.org/croissant/1.1", "license": "https://creativecommons.org/publicdomain/zero/1.0/",
        "url": "https://example.org/noise", "version": "1.0.0", "datePublished": "2026-01-01",
        "creator": {"@type": "sc:Organization", "name": "Example"}, "citeAs": "none",
        "distribution": [
            {"@type": "cr:FileObject", "@id": "list.csv", "name": "list.csv", "contentUrl": "list.csv",
             "encodingFormat": "text/csv", "sha256": digest},
            {"@type": "cr:FileSet", "@id": "pngs", "name": "pngs", "encodingFormat": "image/png", "includes": "*.png"}],
        "recordSet": [
            {"@type": "cr:RecordSet", "@id": "splits", "name": "splits", "dataType": "cr:Split",
             "key": {"@id": "splits/name"}, "data": split_names,
             "field": [{"@type": "cr:Field", "@id": "splits/name", "name": "splits/name", "dataType": "sc:Text"},
                       {"@type": "cr:Field", "@id": "splits/url", "name": "splits/url",
                        "dataType": ["sc:URL", "cr:Split"]}]},
            {"@type": "cr:RecordSet", "@id": "images", "name": "images",
             "field": [field("path", "sc:Text", source=source("path")),
                       field("label", ["sc:Text", "cr:Label"], source=source("label")),
                       field("split", "sc:Text", source=source("split"),
                             references={"field": {"@id": "splits/name"}}),
                       field("group", "sc:Text", source=source("group"))]}]}
    (folder / "croissant.json").write_text(json.dumps(document, ensure_ascii=False, indent=1))


def check_croissant(table, bench):
    tool = table.tool("mlcroissant", version("mlcroissant"))
    data = bench.copy("croissant")
    croissant(data)
    done = run(bench.program, "certify", data / "croissant.json", "--key", bench.folder / "p256.key", "--no-probe",
               "--no-cache", "--quiet")
    if done.returncode not in (0, 1, 3):
        table.surprises.append(f"splitseal certify croissant.json: {done.stdout.decode()}")
        return
    patched = data / "patched.json"
    bench.splitseal(0, "export", "croissant", data / "croissant.json", "-o", patched)
    bench.splitseal(0, "export", "croissant", patched, "-o", patched)
    document = json.loads(patched.read_bytes())

    def validate(change=None):
        changed = json.loads(json.dumps(document))
        if change:
            change(changed)
        (data / "changed.json").write_text(json.dumps(changed))
        done = run(sys.executable, "-m", "mlcroissant.scripts.validate", "--jsonld", data / "changed.json")
        return done.returncode == 0 and b"Done." in done.stdout

    def broken(key):
        return lambda d: next(f for f in d["distribution"] if f["@id"] == "splitseal.sigstore.json").pop(key)

    tool.accepts("the Croissant file with the certificate", validate)
    tool.refuses("certificate without sha256", lambda: validate(broken("sha256")))
    tool.refuses("certificate without contentUrl", lambda: validate(broken("contentUrl")))
    tool.refuses("no version of the format", lambda: validate(lambda d: d.update({"@type": "sc:Thing"})))

    certificate = (data / ".splitseal" / "splitseal.sigstore.json").read_bytes()
    entries = [f for f in document["distribution"] if f["@id"] == "splitseal.sigstore.json"]
    tool.accepts("one FileObject with the certificate's SHA-256, and subjectOf",
                 lambda: [f["sha256"] for f in entries] == [hashlib.sha256(certificate).hexdigest()]
                 and document["subjectOf"] == {"@id": "splitseal.sigstore.json"})

    # What mlcroissant loads from the same file is what the records say.
    def loads_the_same():
        import mlcroissant
        loaded = mlcroissant.Dataset(jsonld=str(data / "croissant.json"))
        rows = [{key.split("/")[-1]: value.decode() for key, value in row.items()} for row in loaded.records("images")]
        records = [json.loads(line) for line in (data / ".splitseal" / "records.jsonl").read_bytes().splitlines()]
        wanted = [{key: record[key] for key in ("path", "label", "split", "group")} for record in records]
        key = lambda row: (row["split"], row["path"])
        return sorted(rows, key=key) == sorted(wanted, key=key)

    tool.accepts("the same paths, labels, splits and groups as are certified", loads_the_same)
    # The dataset verifies by way of the patched file as well: nothing of the Croissant file is signed.
    patched.replace(data / "croissant.json")
    (data / "changed.json").unlink()
    bench.splitseal(0, "verify", data / "croissant.json", "--public-key", bench.folder / "p256.pub")
