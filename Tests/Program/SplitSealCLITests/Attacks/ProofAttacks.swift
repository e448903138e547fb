import SplitSealCertificate
import Testing

/// Attacks by proofs, and by certificates of other data or other times.
@Suite struct ProofAttacks {
  /// A proof of an image of the training split, changed.
  private static func proof(
    _ attack: String, _ status: Int32, _ message: String, _ change: @escaping @Sendable (String) -> String
  ) -> Attack {
    Attack(attack, status == 4 ? "is malformed" : "is refused", status, message) { bench in
      let made = try bench.run(
        "prove", "images/1.png", "--certificate", Workbench.certificateName, "-o", "proof.json")
      try #require(made.status == 0, "\(made.errors)")
      let changed = change(try bench.text("proof.json"))
      try bench.write("proof.json", changed)
      return ["verify-proof", "proof.json", Workbench.certificateName, "--public-key", "signer.pub"]
    }
  }

  private static let zero = String(repeating: "0", count: 64)

  static let proofs: [Attack] = [
    proof("proof of another index", 1, "split 'train': the record does not lead to the signed root") {
      $0.replacing(#""index":1"#, with: #""index":0"#)
    },
    proof("proof of another size", 1, "the proof is of a tree of 3, and split 'train' has 2 by the certificate") {
      $0.replacing(#","size":2,"#, with: #","size":3,"#)
    },
    proof(
      "proof with a hash more", 1, "split 'train': the proof has not the index or the number of hashes of such a tree"
    ) {
      $0.replacing(#""hashes":["#, with: #""hashes":["\#(zero)","#)
    },
    proof(
      "proof with a hash less", 1, "split 'train': the proof has not the index or the number of hashes of such a tree"
    ) {
      $0.replacing(/"hashes":\[[^\]]*\]/, with: #""hashes":[]"#)
    },
    proof("proof of another split", 1, "the record is of split 'train', and the proof of 'test'") {
      $0.replacing(#""split":"train"}"# + "\n", with: #""split":"test"}"# + "\n")
    },
    proof("record changed in a proof", 1, "split 'train': the record does not lead to the signed root") {
      $0.replacing("spoof", with: "real")
    },
    proof("node in the place of the record", 4, "the record is not a line of records.jsonl") {
      $0.replacing(/"record":"(\\.|[^"])*"/, with: #""record":"\#(zero)\#(zero)""#)
    },
    proof("proof of another certificate", 1, "the proof is of certificate \(zero), and this one is ") {
      $0.replacing(/"certificate":"[0-9a-f]*"/, with: #""certificate":"\#(zero)""#)
    },
    Attack("proof beside another image", "is refused", 1, "files: the image is not the one of the record (SHA-256 ") {
      bench in
      try #require(
        try bench.run("prove", "images/1.png", "--certificate", Workbench.certificateName, "-o", "p").status == 0)
      return ["verify-proof", "p", Workbench.certificateName, "set/images/0.png", "--public-key", "signer.pub"]
    },
    Attack("absence of what is there", "is not proven", 1, "'set/images/0.png' is in split 'train' as 'images/0.png'") {
      _ in
      ["prove", "--absent", "set/images/0.png", "--certificate", Workbench.certificateName]
    },
    Attack(
      "absence with digests that are not side by side", "is refused", 1,
      "the digests before and after leave room for others between them"
    ) { bench in
      try #require(
        try bench.run(
          "prove", "--absent", "set/images/4.png", "--certificate", Workbench.certificateName, "-o", "p"
        ).status == 0)
      // Without one side the other has to be the first or the last.
      try bench.write(
        "p", bench.text("p").replacing(/"(before|after)":\{[^}]*\},?/, with: "").replacing("{,", with: "{"))
      return ["verify-proof", "p", Workbench.certificateName, "--public-key", "signer.pub"]
    },
  ]

  static let versions: [Attack] = [
    Attack(
      "certificate of another dataset", "fails, names what is not there", 1,
      "'images/2.png' in split 'test' is signed and not there"
    ) { bench in
      try bench.write("other/a.png", Picture(seed: 50).png)
      try bench.write("other/list.csv", "path,split,label\na.png,train,real\n")
      return ["verify", "other/list.csv", Workbench.certificateName, "--public-key", "signer.pub"]
    },
    Attack("records of another version", "fails", 1, "records: 'records.jsonl' has SHA-256 ") { bench in
      try bench.replace(#""label":"real""#, with: #""label":"fake""#, in: Workbench.recordsName)
      return []
    },
    Attack(
      "older version after a newer one superseded it, with `--newer`", "passes, warns", 0,
      "note         SUPERSEDED by certificate "
    ) { bench in
      try bench.replace("1.png,train,spoof", with: "1.png,train,real", in: "set/list.csv")
      try #require(
        try bench.certify("set/list.csv", "--supersedes", Workbench.certificateName, "-o", "next").status != 2)
      try bench.replace("1.png,train,real", with: "1.png,train,spoof", in: "set/list.csv")
      return [
        "verify", "set/list.csv", "--public-key", "signer.pub", "--newer", "next/splitseal.sigstore.json",
      ]
    },
    Attack(
      "test image moved into train in a newer version, with `diff`", "tells it first", 1,
      "1 moved from evaluation into training"
    ) { bench in
      try bench.replace("2.png,test", with: "2.png,train", in: "set/list.csv")
      try #require(try bench.certify("set/list.csv", "-o", "next").status != 2)
      return ["diff", Workbench.certificateName, "next/splitseal.sigstore.json"]
    },
  ]

  @Test(arguments: proofs) func `inclusion proof: index, size, hashes, split, node as leaf`(attack: Attack) throws {
    try attack.check()
  }

  @Test(arguments: versions) func `certificate of another dataset or version`(attack: Attack) throws {
    try attack.check()
  }
}
