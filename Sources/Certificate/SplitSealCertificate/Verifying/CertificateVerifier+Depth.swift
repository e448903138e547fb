internal import SplitSealBase

extension CertificateVerifier {
  /// Checks the signature, the statement against itself, and the records where they are at hand; no other file.
  ///
  /// - Parameters:
  ///   - certificate: The file's bytes: a Sigstore bundle or a bare DSSE envelope.
  ///   - records: The bytes of `records.jsonl`; `nil` when they are not there.
  /// - Returns: What holds and what does not, and the records when they could be read, hidden ones with the
  ///   salt key.
  /// - Complexity: O(*n* log *n*) for *n* records.
  public func verifyStatement(certificate: [UInt8], records: [UInt8]?) -> (CertificateVerification, RecordSet?) {
    var verification = CertificateVerification()
    guard let claims = signedClaims(certificate, &verification) else { return (verification, nil) }
    verification.claims = claims
    for sentence in claims.contradictions { verification.fail(.mismatch, .claims, sentence) }
    checkReport(claims, &verification)
    guard !claims.mode.isHidden else {
      let set = verifyHidden(claims, records: records, dataset: nil, &verification)
      return (verification, set)
    }
    let set = records.flatMap { checkRecords($0, claims, &verification) }
    return (verification, set)
  }

  /// Holds some files, drawn at random, and the whole manifest against the signed records.
  ///
  /// The record of each file that was drawn has to lead to the root that its split has by the statement.
  ///
  /// - Parameters:
  ///   - sample: The records that were drawn.
  ///   - records: The signed records.
  ///   - dataset: The dataset with the files of these records read.
  ///   - verification: What ``verifyStatement(certificate:records:)`` said; what is found is added.
  public func check(
    _ sample: FileSample, of records: RecordSet, dataset: DatasetState, _ verification: inout CertificateVerification
  ) {
    guard let claims = verification.claims else { return }
    verification.sample = sample
    if let prover = try? RecordProver(verification, records: records) {
      var prover = prover
      for index in sample.indices {
        let proof = prover.inclusion(ofRecordAt: index)
        let split = claims.splits.first { $0.name.hasSameBytes(as: proof.split) }
        if proof.path.root(ofLeaf: proof.line, at: proof.index, of: proof.size) != split?.recordRoot {
          verification.fail(
            .mismatch, .records, "\(records.records[index].path.quoted) does not lead to the signed root of its split")
        }
      }
    }
    checkFaults(dataset, &verification)
    tell(RecordDifference.all(signed: records, current: dataset), &verification)
    checkInputs(dataset, claims, hasSameRecords: false, &verification)
    checkPassedOver(dataset, claims, &verification)
  }

  /// Mentions what a newer certificate says of the one that was verified.
  ///
  /// - Parameters:
  ///   - newer: The newer certificate's file.
  ///   - verification: The verification of the one at hand; what is found is added to its notes.
  /// - Returns: Whether the newer certificate says that it supersedes this one.
  @discardableResult
  public func checkSuperseded(by newer: [UInt8], _ verification: inout CertificateVerification) -> Bool {
    guard let id = verification.certificateID else { return false }
    var other = CertificateVerification()
    guard let claims = signedClaims(newer, &other), let newID = other.certificateID else {
      let reason = other.problems.first?.message ?? "it cannot be read"
      verification.notes.append("the newer certificate says nothing that counts: \(reason)")
      return false
    }
    guard claims.supersedes == id else {
      verification.notes.append("certificate \(newID) does not say that it supersedes this one")
      return false
    }
    let signer =
      other.isTrusted ? "" : ", signed by \(other.signer.map { "\($0)" } ?? "nobody") whom nothing vouches for"
    verification.notes.append(
      "SUPERSEDED by certificate \(newID), made \(claims.createdAt) by the signer's claim\(signer): ask for that version"
    )
    return true
  }
}
