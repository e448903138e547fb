"""What splitseal writes for others: the model signature and the Croissant file."""

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
    import base64
    return json.loads(base64.b64decode(json.loads(path.read_bytes())["dsseEnvelope"]["payload"]))


def check_croissant(table, bench):
    pass
