internal import SplitSealRules
internal import SplitSealKeys
internal import SplitSealBase
internal import SplitSealAudit
package import SplitSealCertificate
internal import SplitSealFingerprint
package import SplitSealJSON
internal import SplitSealManifest

/// The result of `verify`, for people and for programs.
package struct VerificationReport {
  let verification: CertificateVerification
  let imageCount: Int
  /// How much was checked: `signature-only`, `sample`, `full`, `audit`.
  let depth: String
  /// Whether the text lists members that this version does not know.
  let isVerbose: Bool

  package init(
    _ verification: CertificateVerification, imageCount: Int, depth: String = "full", isVerbose: Bool = false
  ) {
    self.verification = verification
    self.imageCount = imageCount
    self.depth = depth
    self.isVerbose = isVerbose
  }

  /// The answer first, then what was checked, then what differs.
  package func text(style: TextStyle) -> String {
    let problems = verification.problems
    let word =
      switch verification.status {
      case .verified: style.good("VERIFIED")
      case .mismatch: style.bad("DOES NOT MATCH")
      case .cannotRun: style.bad("CANNOT BE CHECKED")
      case .signerNotTrusted: style.doubtful("VALID, SIGNER NOT TRUSTED")
      case .malformed: style.bad("MALFORMED")
      }
    var lines = ["\(word)\(verification.claims.map { ": \(printable($0.datasetName))" } ?? "")"]
    for problem in problems { lines.append("  \(problem.subject.rawValue): \(problem.message)") }
    if let claims = verification.claims {
      lines += [
        "",
        "  says         \(claims.verdict.rawValue)\(withoutWaivers(claims)); \(grouped(claims.checkedCount)) of \(grouped(claims.listedCount)) images checked\(compared(claims))"
          + ", \(counted(claims.errorCount, "error")), \(counted(claims.warningCount, "warning"))"
          + ", \(counted(claims.noteCount, "note"))",
        "  created      \(claims.createdAt) (as the signer claims)",
      ]
      lines += decisions(claims) + waivers(claims)
      lines += Self.references(claims)
      if let probe = probe(claims) { lines.append("  probed       \(probe)") }
    }
    if let id = verification.certificateID { lines.append("  certificate  \(id)") }
    if let signer = verification.signer {
      let holder = verification.identity.map { " (\(printable($0)))" } ?? ""
      lines.append(
        "  signed by    \(signer)\(holder)\(verification.isTrusted ? "" : ", who is not among the signers you trust")")
    }
    if let timestamp = verification.timestamp {
      lines.append("  timestamp    \(timestamp.text) by \(printable(timestamp.authority))")
    }
    lines.append("  checked      \(verified.isEmpty ? "nothing" : verified.joined(separator: ", "))")
    lines += notVerified.map { "  not checked  \($0)" } + missedLines + unknownLines
    lines += verification.notes.map { "  note         \($0)" }
    if verification.status == .signerNotTrusted, !verification.isTrusted, !verification.isSignerRefused {
      lines.append("  to trust     give the authors' --fingerprint or --public-key")
    }
    // Continuation lines are indented to the start of the text.
    return style.fitted(lines, hanging: 13).joined(separator: "\n") + "\n"
  }

  /// The numbers of compared and of undecided images, if the certificate has them.
  private func compared(_ claims: CertificateClaims) -> String {
    guard let coverage = claims.coverage else { return "" }
    let inDoubt = coverage.doubtfulCount == 0 ? "" : ", \(grouped(coverage.doubtfulCount)) in doubt"
    return ", \(grouped(coverage.comparedCount)) compared\(inDoubt)"
  }

  private func withoutWaivers(_ claims: CertificateClaims) -> String {
    guard !claims.waivers.isEmpty, let verdict = claims.verdictWithoutWaivers else { return "" }
    return " (\(verdict.rawValue) without \(counted(claims.waivers.count, "waiver")))"
  }

  /// Decisions that people made about pairs.
  private func decisions(_ claims: CertificateClaims) -> [String] {
    guard let decisions = claims.decisions else { return [] }
    func words(_ counts: CertificateClaims.Decisions.Counts) -> String {
      "\(grouped(counts.same)) same, \(grouped(counts.different)) different, \(grouped(counts.unsure)) unsure"
    }
    return [
      "  reviewed     reported pairs: \(words(decisions.reported)); other pairs: \(words(decisions.belowThreshold))"
    ]
  }

  /// The first waivers: what the signer accepts, and why.
  private func waivers(_ claims: CertificateClaims) -> [String] {
    let limit = 20
    let lines = claims.waivers.prefix(limit).map { waiver in
      let id = waiver.finding.map { " \($0.description.prefix(12))" } ?? ""
      let by = waiver.by.map { " (\(printable($0)))" } ?? ""
      return "  waived       \(printable(waiver.rule))\(id): \(printable(waiver.reason ?? "no reason is given"))\(by)"
    }
    let rest = claims.waivers.count - limit
    return lines + (rest > 0 ? ["  waived       ... and \(grouped(rest)) more"] : [])
  }

  /// The share of edited copies that the signer's detector found, as the signer claims.
  private func probe(_ claims: CertificateClaims) -> String? {
    let made = claims.power.reduce(0.0) { $0 + Double($1.madeCount) }
    let found = claims.power.reduce(0.0) { $0 + Double($1.foundCount) }
    guard made > 0, let worst = claims.power.min(by: { $0.recall < $1.recall }) else { return nil }
    // Copies of images that cannot be compared are not found.
    let compared = claims.coverage.map { Double($0.comparedCount) / Double(max(1, claims.listedCount)) } ?? 1
    let ofAll =
      compared == 1
      ? "edited copies" : "copies of all images, \(percent(found / made, digits: 1)) of those that can be compared,"
    return "\(percent(found / made * compared, digits: 1)) of \(ofAll) would have been found, "
      + "least of \(printable(worst.edit)) (\(percent(worst.recall * compared, digits: 1)))"
  }

  /// The same for programs.
  package var json: JSONValue { .object((body.members ?? []) + depthMembers) }

  private var body: JSONValue {
    .object([
      "schema": .string("splitseal-verification"),
      "schemaVersion": .string("1.1"),
      "status": .string("\(verification.status)"),
      "exitStatus": .integer(Int(verification.status.rawValue)),
      "signer": verification.signer.map { .string($0.description) },
      "trusted": .bool(verification.isTrusted),
      "identity": verification.identity.map(JSONValue.string),
      "timestamp": verification.timestamp.map { .string($0.text) },
      "certificate": verification.certificateID.map { .string($0.description) },
      "dataset": verification.claims.map { .string($0.datasetName) },
      "createdAt": verification.claims.map { .string($0.createdAt) },
      "verdict": verification.claims.map { .string($0.verdict.rawValue) },
      "verdictWithoutWaivers": verification.claims?.verdictWithoutWaivers.map { .string($0.rawValue) },
      "checkedRecords": .bool(verification.checkedRecords),
      "checkedFiles": .bool(verification.checkedFiles),
      "problems": .array(
        verification.problems.map {
          .object(["subject": .string($0.subject.rawValue), "message": .string($0.message)])
        }),
      "notes": .array(verification.notes.map { .string($0) }),
    ])
  }
}
