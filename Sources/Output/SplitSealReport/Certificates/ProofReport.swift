internal import SplitSealKeys
internal import SplitSealBase
package import SplitSealCertificate
internal import SplitSealFingerprint
package import SplitSealJSON
internal import SplitSealManifest

/// The result of `verify-proof` for one proof.
package struct ProofReport {
  package let verification: CertificateVerification
  private let proof: MembershipProof?
  private let hasImage: Bool

  package init(_ verification: CertificateVerification, _ proof: MembershipProof?, hasImage: Bool) {
    self.verification = verification
    self.proof = proof
    self.hasImage = hasImage
  }

  /// The answer first, then what was checked.
  package func text(style: TextStyle) -> String {
    let word =
      switch verification.status {
      case .verified: style.good("PROVEN")
      case .mismatch: style.bad("NOT PROVEN")
      case .cannotRun: style.bad("CANNOT BE CHECKED")
      case .signerNotTrusted: style.doubtful("PROVEN, SIGNER NOT TRUSTED")
      case .malformed: style.bad("MALFORMED")
      }
    var lines = ["\(word)\(claim.map { ": \($0)" } ?? "")"]
    for problem in verification.problems { lines.append("  \(problem.subject.rawValue): \(problem.message)") }
    if case .inclusion(let inclusion) = proof {
      lines.append("  record       \(printable(String(decoding: inclusion.line, as: UTF8.self)))")
      lines.append("  position     \(inclusion.index) of \(inclusion.size), counted from 0")
    }
    if let id = verification.certificateID { lines.append("  certificate  \(id)") }
    if let signer = verification.signer { lines.append("  signed by    \(signer)") }
    if proof != nil, !hasImage { lines.append("  not checked  the image, because it was not given") }
    lines += verification.notes.map { "  note         \($0)" }
    // Continuation lines are indented to the start of the text.
    return style.fitted(lines, hanging: 13).joined(separator: "\n") + "\n"
  }

  /// What the proof states, whether it is valid or not.
  private var claim: String? {
    let dataset = verification.claims.map { " of '\(printable($0.datasetName))'" } ?? ""
    switch proof {
    case nil: return nil
    case .inclusion(let proof):
      let path = RecordLine(proof.line).map { "'\(printable($0.path))' " } ?? "the record "
      return "\(path)is in split '\(printable(proof.split))'\(dataset)"
    case .absence(let proof):
      let names = proof.gaps.map { "'\(printable($0.split))'" }.joined(separator: ", ")
      let all = proof.gaps.count == verification.claims?.splits.count ? "any split" : "split \(names)"
      return "no file with SHA-256 \(proof.sha256) is in \(all)\(dataset)"
    }
  }

  /// The same for programs.
  package var json: JSONValue {
    var kind: String?
    var splits: [String] = []
    switch proof {
    case nil: break
    case .inclusion(let proof): (kind, splits) = ("inclusion", [proof.split])
    case .absence(let proof): (kind, splits) = ("absence", proof.gaps.map(\.split))
    }
    return .object([
      "schema": .string("splitseal-proof-verification"), "schemaVersion": .string("1.0"),
      "status": .string("\(verification.status)"), "exitStatus": .integer(Int(verification.status.rawValue)),
      "kind": kind.map(JSONValue.string), "splits": .array(splits.map(JSONValue.string)),
      "signer": verification.signer.map { .string($0.description) }, "trusted": .bool(verification.isTrusted),
      "certificate": verification.certificateID.map { .string($0.description) },
      "checkedImage": .bool(verification.checkedFiles),
      "problems": .array(
        verification.problems.map {
          .object(["subject": .string($0.subject.rawValue), "message": .string($0.message)])
        }),
    ])
  }
}
