import Foundation
import Testing

/// `splitseal pack`, `splitseal compare`, and packs as references of an audit.
@Suite struct CompareTests {
  let bench: Workbench

  /// A public dataset of six pictures in two splits, and one of the author's own that has two copies of its test split
  /// in train: one byte by byte, one turned into a JPEG.
  init() throws {
    bench = try Workbench()
    for seed in 0..<6 {
      try bench.write("public/\(seed < 3 ? "train" : "test")/\(seed).png", Picture(seed: seed).png)
    }
    for seed in 10..<13 { try bench.write("mine/train/\(seed).png", Picture(seed: seed).png) }
    for seed in 13..<15 { try bench.write("mine/test/\(seed).png", Picture(seed: seed).png) }
    try bench.write("mine/train/copy.png", Picture(seed: 4).png)
    try bench.write("mine/train/edited.jpg", Picture(seed: 5).jpeg)
  }

  @discardableResult private func pack(_ flags: String...) throws -> Outcome {
    try bench.run(
      ["pack", "public", "-o", "public.pack", "--name", "Public set", "--uri", "https://example.org/p"] + flags)
  }

  private func compare(_ arguments: String...) throws -> Outcome { try bench.run(["compare"] + arguments) }

  /// What JSON says of each pair of splits that has something in common.
  private func counts(_ outcome: Outcome) throws -> [String: [Int]] {
    let splits = try #require(try outcome.document()["splits"] as? [[String: Any]])
    var counts: [String: [Int]] = [:]
    for split in splits {
      let numbers = ["exactBytes", "exactPixels", "nearDuplicate"].compactMap { split[$0] as? Int }
      if numbers.contains(where: { $0 > 0 }), let a = split["a"] as? String, let b = split["b"] as? String {
        counts["\(a) \(b)"] = numbers
      }
    }
    return counts
  }

  @Test func `a pack tells its digest, and warns that it holds sketches`() throws {
    let outcome = try pack()
    #expect(outcome.status == 0)
    #expect(outcome.errors.contains("publish this pack only if the images are public"))
    let digest = try bench.shell("sha256sum public.pack | cut -d' ' -f1").output
    #expect(outcome.output.hasSuffix("\nimages   6 in test, train\nsha256   \(digest)"))
    let bytes = try bench.bytes("public.pack")
    for word in ["0.png", bench.url.path, "train/"] { #expect(bytes.firstRange(of: Array(word.utf8)) == nil) }
    // A second run gives the same bytes.
    try pack("--no-cache", "--quiet")
    #expect(try bench.bytes("public.pack") == bytes)
  }

  @Test func `planted copies are found in datasets, packs and shards, in either order`() throws {
    try pack()
    #expect(try bench.run("hash", "public", "-o", "public.fp").status == 0)
    let expected = ["train test": [1, 0, 1]]
    for other in ["public", "public.pack", "public.fp"] {
      let outcome = try compare("mine", other, "--json", "-")
      #expect(outcome.status == 1 && outcome.errors == "")
      #expect(try counts(outcome) == expected, "\(other)")
      #expect(try counts(compare(other, "mine", "--json", "-")) == ["test train": [1, 0, 1]], "\(other)")
    }
    for other in ["public", "public.pack"] {
      #expect(try counts(compare("mine", other, "--method", "pdq", "--json", "-")) == expected, "\(other) by PDQ")
    }
    let document = try compare("mine", "public.pack", "--json", "-").document()
    #expect(document["method"] as? String == "descriptor")
    #expect((document["b"] as? [String: Any])?["name"] as? String == "Public set")
    #expect(try compare("mine", "public", "--json", "-").document()["method"] as? String == "alignment")
  }

  @Test func `the text names both sides, what was found and how`() throws {
    try pack()
    let text = try compare("mine", "public.pack").output
    #expect(text.hasPrefix("MATCHES: 2 pairs between mine and Public set\n"))
    #expect(text.firstMatch(of: /\n  2 of 5 train +test +40\.00 % +1 +0 +1\n/) != nil)
    #expect(
      text.contains("near-duplicates suspected by descriptors alone, from a cosine of 0.90 on: no pixels were compared")
    )
    #expect(text.contains("  1.000  bytes"))
    #expect(text.hasSuffix("\n  splitseal compare mine public.pack\n"))
  }

  @Test func `pairs are listed as CSV, with paths where the pack has them`() throws {
    try pack("--paths")
    let pairs = try compare("mine", "public.pack", "--pairs", "-").output.split(separator: "\n")
    #expect(pairs.count == 3)
    #expect(pairs.first == "split_a,path_a,split_b,path_b,kind,score,orientation")
    #expect(pairs.contains("train,train/copy.png,test,test/4.png,bytes,1.0000,identity"))
    #expect(pairs.contains { $0.hasPrefix("train,train/edited.jpg,test,test/5.png,descriptor,") })
  }

  @Test func `nothing in common is 0, and 3 where not everything could be compared`() throws {
    try bench.write("other/train/20.png", Picture(seed: 20).png)
    let none = try compare("other", "public")
    #expect(none.status == 0 && none.output.hasPrefix("NO MATCH FOUND: other and public\n"))
    try bench.write("other/train/bad.png", "not a picture")
    let gap = try compare("other", "public")
    #expect(gap.status == 3 && gap.output.contains("1 of 2 images of 'other' could not be read"))
  }

  @Test func `what cannot be compared ends with 2, an error and a hint`() throws {
    try pack()
    try bench.write("cut.pack", Array(try bench.bytes("public.pack").dropLast(7)))
    _ = try bench.run("hash", "public", "-o", "public.fp")
    for (arguments, message) in [
      (["mine"], "give two inputs to compare"), (["mine", "public", "mine"], "give two inputs to compare"),
      (["mine", "none.pack"], "none.pack: "),
      (["mine", "cut.pack"], "cut.pack: the file ends too early (segment 1, byte "),
      (["mine", "public.fp", "--method", "pdq"], "public.fp: it holds no PDQ hashes, which --method pdq needs"),
      (["mine", "public", "--json", "-", "--pairs", "-"], "only one output can go to standard output"),
    ] {
      let outcome = try bench.run(["compare"] + arguments)
      #expect(outcome.status == 2 && outcome.output == "")
      #expect(outcome.complaints.first?.hasPrefix("error: \(message)") == true, "\(outcome.errors)")
    }
    let unnamed = try bench.run("pack", "public", "-o", "x.pack", "--name", "")
    #expect(unnamed.status == 2 && unnamed.errors.contains("--name must have 1 to 256 bytes"))
    try bench.write("public/list.csv", "path,split\ngone.png,train\n")
    let gone = try bench.run("pack", "public/list.csv", "-o", "x.pack", "--name", "x")
    #expect(gone.status == 2 && gone.errors.contains("gone.png: the image is listed and cannot be read: no such file"))
    #expect(!(try bench.names()).contains("x.pack"))
  }

  @Test func `an audit tells what the dataset has in common with a pack, and the certificate signs it`() throws {
    try pack()
    let scan = try bench.run("scan", "mine", "--reference", "public.pack", "--json", "-")
    let report = try scan.document()
    let reference = try #require((report["references"] as? [[String: Any]])?.first)
    #expect(reference["name"] as? String == "Public set" && reference["images"] as? Int == 6)
    #expect(scan.output.contains(#""rule": "reference-leak""#))
    #expect(try bench.run("scan", "mine", "--json", "-").document()["references"] == nil)

    try bench.makeKey()
    let command = ["certify", "mine", "--key", "signer.key", "--no-probe", "--reference", "public.pack"]
    let hidden = ["--hidden", "--new-salt-key", "salt.key", "-o", "sealed"]
    for (flags, certificate) in [
      ([], "mine/.splitseal/splitseal.sigstore.json"), (hidden, "sealed/splitseal.sigstore.json"),
    ] {
      let certified = try bench.run(command + flags)
      #expect(certified.output.contains("Against Public set: images affected, and pairs of copies\n"))
      let salt = flags.isEmpty ? [] : ["--salt-key", "salt.key"]
      let verify = ["verify", "mine", certificate, "--public-key", "signer.pub"] + salt
      let same = try bench.run(verify + ["--reference", "public.pack"])
      #expect(same.status == 0)
      #expect(
        same.output.contains(
          "compared     with Public set: 1 pair of equal bytes, 0 of equal pixels, 1 near-duplicate\n"))
      #expect(
        same.output.contains("note         pack 'Public set' is the one that 'Public set' among the references names"))
      _ = try bench.run("pack", "public", "-o", "other.pack", "--name", "Public set", "--paths")
      #expect(try bench.run(verify + ["--reference", "other.pack"]).status == 1)
    }
    let payload = try bench.shell("jq -r .dsseEnvelope.payload sealed/splitseal.sigstore.json | base64 -d").output
    #expect(payload.contains(#""name":"Public set""#) && !payload.contains("copy.png"))
    let twice = try bench.run(command + ["--reference", "public.pack"])
    #expect(twice.status == 2 && twice.errors.contains("a pack named 'Public set' was given before"))
  }
}
