internal import SplitSealBase
internal import SplitSealAudit
internal import SplitSealCertificate
internal import SplitSealFingerprint
internal import SplitSealJSON
internal import SplitSealManifest

extension VerificationReport {
  /// What was checked.
  ///
  /// A file that is not an envelope has no signature to check.
  var verified: [String] {
    let hasCheckedSignature =
      verification.signer != nil
      || verification.status == .mismatch && verification.problems.first?.subject == .signature
    guard hasCheckedSignature else { return [] }
    var verified = ["signature"]
    if verification.checkedRecords { verified.append("records") }
    if let sample = verification.sample {
      verified.append(
        "\(grouped(sample.indices.count)) of \(counted(sample.recordCount, "file")) chosen with seed \(sample.seed)")
    }
    if verification.checkedFiles { verified.append(counted(imageCount, "file")) }
    if verification.checkedReport { verified.append("report") }
    if let audit = verification.audit {
      verified.append("the audit run again (\(audit.compared.joined(separator: ", ")))")
    }
    return verified
  }

  /// What was not checked, one phrase each.
  var notVerified: [String] {
    guard verification.claims != nil else { return [] }
    var phrases: [String] = []
    if !verification.checkedRecords, !verification.checkedFiles { phrases.append("the records") }
    if let sample = verification.sample {
      let rest = sample.recordCount - sample.indices.count
      if rest > 0 { phrases.append("the other \(counted(rest, "file"))") }
    } else if !verification.checkedFiles {
      phrases.append("the files")
    }
    if verification.claims?.report != nil, !verification.checkedReport {
      phrases.append("the report, because it is not beside the certificate")
    }
    if let audit = verification.audit {
      if !audit.compared.contains("detection power") { phrases.append("detection power, because it is not claimed") }
    } else {
      phrases.append("whether the audit was run as claimed (use --audit to run it again)")
    }
    return phrases
  }

  /// The probability that the sample misses a change, for changes of some sizes.
  var missedLines: [String] {
    guard let sample = verification.sample, sample.indices.count < sample.recordCount else { return [] }
    return sample.statedChanges.map { changed in
      let share = changed == 1 ? "" : " (\(percent(Double(changed) / Double(sample.recordCount), digits: 1)))"
      return "  would miss   a change of \(counted(changed, "file"))\(share) with probability "
        + probability(sample.missProbability(changedCount: changed))
    }
  }

  private func probability(_ number: Double) -> String {
    number == 0 ? "0" : number < 0.001 ? significant(number) : fixed(number, digits: 3)
  }

  /// The JSON members about what was checked.
  var depthMembers: [JSONMember] {
    func phrases(_ texts: [String]) -> JSONValue { .array(texts.map(JSONValue.string)) }
    var members = [
      JSONMember("depth", .string(depth)), JSONMember("verified", phrases(verified)),
      JSONMember("notVerified", phrases(notVerified)),
    ]
    if let sample = verification.sample {
      members.append(
        JSONMember(
          "sample",
          .object([
            "files": .integer(sample.indices.count), "of": .integer(sample.recordCount),
            // As text, because not every reader keeps numbers beyond 2^53.
            "seed": .string("\(sample.seed)"),
            "missProbability": .array(
              sample.statedChanges.map {
                .object([
                  "changedFiles": .integer($0),
                  "probability": .decimal("\(sample.missProbability(changedCount: $0))"),
                ])
              }),
          ])))
    }
    if let audit = verification.audit {
      members.append(
        JSONMember(
          "audit", .object(["compared": phrases(audit.compared), "differences": phrases(audit.differences)])))
    }
    if let claims = verification.claims {
      if let superseded = claims.supersedes {
        members.append(JSONMember("supersedes", .string(superseded.description)))
      }
      members.append(JSONMember("unknownMembers", phrases(claims.unknownMembers)))
    }
    return members
  }

  /// Members of the statement that this version does not know; only with `-v`.
  var unknownLines: [String] {
    guard isVerbose, let claims = verification.claims else { return [] }
    return claims.unknownMembers.map { "  not known    \(printable($0)) (ignored)" }
  }
}
