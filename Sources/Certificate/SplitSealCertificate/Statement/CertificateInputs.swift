internal import SplitSealBase
package import SplitSealManifest

/// The manifests of a dataset as a certificate names them.
package enum CertificateInputs {
  /// The files among a manifest's inputs, each once, under names that tell them apart.
  ///
  /// The name is the file's; where two files share it, as many folders are put before it as it takes. More would tell
  /// strangers how the author's disk is laid out.
  package static func named(_ inputs: [ManifestInput]) -> [NamedDigest] {
    var files: [(components: [Substring], input: ManifestInput, sha256: Digest256)] = []
    for input in inputs {
      guard let digest = input.sha256, digest.count == 32 else { continue }
      let isKnown = files.contains { $0.input.path.hasSameBytes(as: input.path) }
      guard !isKnown else { continue }
      files.append((input.path.split(separator: "/").filter { $0 != "." }, input, Digest256(digest)))
    }
    return files.indices.map { index in
      let file = files[index]
      let others = files.indices.filter { $0 != index }.map { files[$0].components }
      var length = 1
      var name = file.components.suffix(length).joined(separator: "/")
      func isTaken() -> Bool {
        name.hasSameBytes(as: StatementNames.records)
          || others.contains { $0.suffix(length).joined(separator: "/").hasSameBytes(as: name) }
      }
      while isTaken(), length < file.components.count {
        length += 1
        name = file.components.suffix(length).joined(separator: "/")
      }
      if isTaken() { name = "input-\(index + 1)/\(name)" }
      return NamedDigest(name: name, mediaType: file.input.format.mediaType, sha256: file.sha256)
    }
  }
}
