internal import SplitSealKeys
public import SplitSealBase
internal import SplitSealJSON

extension CertificateVerifier {
  /// Checks a proof about one file against a certificate, without any records.
  ///
  /// The sizes of the trees and the roots are the signed ones; what the proof says of them must be the same.
  ///
  /// - Parameters:
  ///   - bytes: The proof's document.
  ///   - certificate: The certificate's file.
  ///   - content: The digest of the image that the proof is about; `nil` when it is not at hand.
  /// - Returns: What holds and what does not, and the proof; no proof when its document could not be read.
  public func verify(
    proof bytes: [UInt8], certificate: [UInt8], content: ContentDigest? = nil
  ) -> (CertificateVerification, MembershipProof?) {
    var verification = CertificateVerification()
    guard let claims = signedClaims(certificate, &verification) else { return (verification, nil) }
    verification.claims = claims
    for sentence in claims.contradictions { verification.fail(.mismatch, .claims, sentence) }
    let proof: MembershipProof
    do { proof = try MembershipProof(parsing: bytes) } catch {
      verification.fail(.malformed, .proof, error.message)
      return (verification, nil)
    }
    if let id = verification.certificateID, id != proof.certificateID {
      verification.fail(
        .mismatch, .proof, "the proof is of certificate \(proof.certificateID), and this one is \(id)")
    }
    switch proof {
    case .inclusion(let inclusion): check(inclusion, claims, content, &verification)
    case .absence(let absence): check(absence, claims, content, &verification)
    }
    return (verification, proof)
  }

  private func check(
    _ proof: InclusionProof, _ claims: CertificateClaims, _ content: ContentDigest?,
    _ verification: inout CertificateVerification
  ) {
    guard let record = RecordLine(proof.line) else {
      verification.fail(.malformed, .proof, "the record is not a line of records.jsonl")
      return
    }
    if !record.split.hasSameBytes(as: proof.split) {
      verification.fail(
        .mismatch, .proof, "the record is of split \(record.split.quoted), and the proof of \(proof.split.quoted)")
    }
    guard let split = signedSplit(proof.split, size: proof.size, claims, &verification) else { return }
    checkRoot(
      proof.path.root(ofLeaf: proof.line, at: proof.index, of: split.count), split.recordRoot, "record",
      split.name, &verification)
    guard let content else { return }
    if content.sha256 != record.sha256 || content.byteCount != record.size {
      verification.fail(
        .mismatch, .files,
        "the image is not the one of the record (SHA-256 \(content.sha256), \(content.byteCount) bytes)")
    }
    verification.checkedFiles = true
  }

  private func check(
    _ proof: AbsenceProof, _ claims: CertificateClaims, _ content: ContentDigest?,
    _ verification: inout CertificateVerification
  ) {
    // A plain digest is no neighbour of keyed ones: such a proof could be made of any file.
    guard !claims.mode.isHidden else {
      verification.fail(
        .mismatch, .proof, "the certificate hides its records, and its content roots prove no file to be absent")
      return
    }
    for gap in proof.gaps {
      guard let split = signedSplit(gap.split, size: gap.size, claims, &verification) else { continue }
      func fail(_ what: String) { verification.fail(.mismatch, .proof, "split \(split.name.quoted): \(what)") }
      let (before, after) = (gap.before, gap.after)
      for neighbour in [before, after].compactMap(\.self) {
        checkRoot(
          neighbour.path.root(ofLeaf: neighbour.sha256.bytes, at: neighbour.index, of: split.count), split.contentRoot,
          "digest", split.name, &verification)
      }
      if let before, before.sha256 >= proof.sha256 { fail("the digest before is not below the absent one") }
      if let after, after.sha256 <= proof.sha256 { fail("the digest after is not above the absent one") }
      let areNeighbours =
        switch (before, after) {
        case (let before?, let after?): after.index == before.index + 1
        case (let before?, nil): before.index == split.count - 1
        case (nil, let after?): after.index == 0
        case (nil, nil): split.count == 0 && split.contentRoot == MerkleTree().root
        }
      if !areNeighbours { fail("the digests before and after leave room for others between them") }
    }
    if Set(proof.gaps.map { ByteText($0.split) }).count != proof.gaps.count {
      verification.fail(.malformed, .proof, "the proof speaks of one split twice")
    }
    guard let content else { return }
    if content.sha256 != proof.sha256 {
      verification.fail(
        .mismatch, .files, "the image is not the one that the proof is about (SHA-256 \(content.sha256))")
    }
    verification.checkedFiles = true
  }

  private func signedSplit(
    _ name: String, size: Int, _ claims: CertificateClaims, _ verification: inout CertificateVerification
  ) -> CertificateClaims.Split? {
    guard let split = claims.splits.first(where: { $0.name.hasSameBytes(as: name) }) else {
      verification.fail(.mismatch, .proof, "the certificate has no split \(name.quoted)")
      return nil
    }
    if split.count != size {
      verification.fail(
        .mismatch, .proof,
        "the proof is of a tree of \(size), and split \(name.quoted) has \(split.count) by the certificate")
    }
    return split
  }

  private func checkRoot(
    _ root: Digest256?, _ signed: Digest256, _ what: String, _ split: String,
    _ verification: inout CertificateVerification
  ) {
    guard let root else {
      verification.fail(
        .mismatch, .proof, "split \(split.quoted): the proof has not the index or the number of hashes of such a tree")
      return
    }
    if root != signed {
      verification.fail(
        .mismatch, .proof, "split \(split.quoted): the \(what) does not lead to the signed root (but to \(root))")
    }
  }
}

/// What every record has, whichever other members its line holds.
public struct RecordLine: Hashable, Sendable {
  /// Name of the split.
  public let split: String
  /// Path below the dataset's root.
  public let path: String
  /// SHA-256 of the file.
  public let sha256: Digest256
  /// Bytes of the file.
  public let size: Int

  /// Reads a line; `nil` when it is not in canonical form or lacks one of the members.
  public init?(_ line: [UInt8]) {
    var limits = JSONLimits()
    limits.allowsDecimals = false
    limits.maximumDepth = 2
    guard let value = try? JSONParser.parse(line, limits: limits), value.canonicalBytes == line,
      let split = value["split"]?.string, let path = value["path"]?.string, RecordPath.fault(of: path) == nil,
      let sha256 = value["sha256"]?.string.flatMap({ Digest256(hexadecimal: $0) }), let size = value["size"]?.integer,
      size >= 0
    else { return nil }
    (self.split, self.path, self.sha256, self.size) = (split, path, sha256, Int(size))
  }
}
