internal import SplitSealRules
public import SplitSealKeys
public import SplitSealCertificate
internal import SplitSealBase
internal import SplitSealAudit
internal import SplitSealFingerprint
internal import SplitSealPolicy

/// A paragraph for a paper about a certificate whose signature, statement and records have been checked.
///
/// Every number is one of the certificate's. Counts of images, splits, equal files and shared groups were recomputed from
/// the records, or it is said that they are hidden; what the signer's search reported is told as such.
public struct CertificateParagraph: Sendable {
  /// How the text is written.
  public enum Markup: Sendable {
    case markdown
    case latex
  }

  let claims: CertificateClaims
  let id: Digest256
  let signer: KeyFingerprint
  private let checkedRecords: Bool

  /// Takes a certificate and what came of verifying it.
  ///
  /// - Parameters:
  ///   - certificate: The certificate's bytes.
  ///   - verification: What came of holding these bytes against a key and the records; files need not have been read.
  /// - Throws: ``CertificateError``: `unverified` when the signature, the statement or the records do not hold, or records
  ///   that are not hidden were not checked.
  public init(of certificate: [UInt8], verified verification: CertificateVerification) throws(CertificateError) {
    let doubts = verification.problems.filter { $0.subject != .signer }
    guard doubts.isEmpty, let claims = verification.claims, verification.checkedRecords || claims.mode.isHidden,
      let id = verification.certificateID, let signer = verification.signer
    else {
      throw CertificateError(
        .unverified,
        "nothing is claimed for a certificate that does not hold: "
          + (doubts.first?.message ?? "there are no records to check it with"),
        hint: "see what differs with: splitseal verify")
    }
    let envelope = try Envelope(parsing: certificate)
    guard envelope.certificateID == id else {
      throw CertificateError(.unverified, "another certificate was verified than is told of")
    }
    (self.claims, self.id, self.signer) = (claims, id, signer)
    checkedRecords = verification.checkedRecords
  }

  /// The paragraph, ended by a line feed.
  ///
  /// Texts of the dataset are escaped, so that none of them is markup.
  public func text(_ markup: Markup) -> String {
    sentences.map { $0.map { $0.text(markup) }.joined() }.joined(separator: " ") + "\n"
  }

  // MARK: Sentences

  private var sentences: [[ParagraphPart]] {
    [dataset] + [coverage, overlaps, groups, power, verdict, certificate, limits].filter { !$0.isEmpty }
  }

  private var dataset: [ParagraphPart] {
    let version = claims.datasetVersion.map { [.words(" (version "), .name($0), .words(")")] as [ParagraphPart] } ?? []
    let splits = claims.splits.enumerated().flatMap { index, split in
      [.words(index == 0 ? "" : ", "), .name(split.name), .words(" \(split.count)")] as [ParagraphPart]
    }
    return [.words("We audited the splits of "), .name(claims.datasetName)] + version
      + [.words(" with "), .name(claims.tool), .words(": \(claims.imageCount) images (")] + splits
      + [.words(").")]
  }

  private var coverage: [ParagraphPart] {
    let decoded =
      claims.unreadableCount == 0
      ? "All of them could be decoded"
      : "Of them \(claims.checkedCount) could be decoded, \(claims.unreadableCount) could not"
    // Schema 1.0 does not say what was compared, and neither do we.
    guard let coverage = claims.coverage else { return [.words("\(decoded).")] }
    let plain = coverage.plainCount
    var sentences = [
      plain == 0 && claims.unreadableCount == 0
        ? "All of them could be decoded and were compared."
        : plain == 0
          ? "Of them \(claims.checkedCount) could be decoded and were compared, \(claims.unreadableCount) could not."
          : "\(decoded); \(coverage.comparedCount) were compared, and \(plain) \(plain == 1 ? "shows" : "show") too little, "
            + "so that only equal files and equal pixels were looked for."
    ]
    if coverage.doubtfulCount > 0 {
      sentences.append(
        "For \(coverage.doubtfulCount) more the search cannot tell whether they have copies in other splits.")
    }
    if let alikeness = claims.alikeness, alikeness.isByDesign {
      sentences.append("The pictures are alike by design, so that a match is weaker evidence than on photographs.")
    }
    return [.words(sentences.joined(separator: " "))]
  }

  private var overlaps: [ParagraphPart] {
    guard !claims.overlaps.isEmpty else { return [] }
    var detectors: [ParagraphPart] = []
    for detector in claims.terms.detectors {
      detectors += [.words(detectors.isEmpty ? " (" : ", "), .name(detector.id)]
      if let threshold = detector.threshold { detectors += [.words(" from "), .name(threshold), .words(" on")] }
    }
    if !detectors.isEmpty { detectors.append(.words(")")) }
    let found = claims.overlaps.filter { $0.exactBytes + $0.exactPixels + $0.nearDuplicate > 0 }
    guard !found.isEmpty else {
      return [.words("Between splits, no two files are equal, and the search")] + detectors
        + [.words(nothingFound)]
    }
    let pairs = found.enumerated().flatMap { index, pair in
      [
        .words(index == 0 ? "" : "; "), .words("between "), .name(pair.first), .words(" and "), .name(pair.second),
        .words(
          " \(pair.exactBytes) of equal files, \(pair.exactPixels) more of equal pixels and \(pair.nearDuplicate) of "
            + "near-duplicates"),
      ] as [ParagraphPart]
    }
    let rest =
      found.count < claims.overlaps.count ? "; none between the other pairs of splits." : "."
    return [.words("Pairs of images in two splits that the search")] + detectors + [.words(" found: ")] + pairs
      + [.words(rest)]
  }

  /// What the search did not find, and among which images: what was not compared is not among them.
  private var nothingFound: String {
    guard let coverage = claims.coverage, coverage.comparedCount < claims.imageCount || coverage.doubtfulCount > 0
    else {
      return " reported no equal pixels and no near-duplicates."
    }
    guard coverage.comparedCount > 0 else {
      return " reported no equal pixels; no image shows enough to be compared for near-duplicates."
    }
    let inDoubt = coverage.doubtfulCount > 0 ? ", apart from what it cannot tell" : ""
    return
      " reported no equal pixels, and no near-duplicates among the \(coverage.comparedCount) images that it compared"
      + "\(inDoubt)."
  }

  private var groups: [ParagraphPart] {
    guard claims.splits.contains(where: { $0.groupCount > 0 }) else { return [] }
    let shared = claims.overlaps.filter { ($0.sharedGroups ?? 0) > 0 }
    guard !shared.isEmpty else {
      return claims.overlaps.contains { $0.sharedGroups != nil } ? [.words("No group is in two splits.")] : []
    }
    let pairs = shared.enumerated().flatMap { index, pair in
      [
        .words(index == 0 ? "" : ", "), .words("\(pair.sharedGroups ?? 0) in both "), .name(pair.first),
        .words(" and "),
        .name(pair.second),
      ] as [ParagraphPart]
    }
    return [.words("Groups in two splits: ")] + pairs + [.words(".")]
  }

  private var power: [ParagraphPart] {
    let tried = claims.power.reduce(0) { $0 &+ $1.madeCount }
    let found = claims.power.reduce(0) { $0 &+ $1.foundCount }
    guard tried > 0 else { return [.words("How much the search finds was not measured.")] }
    let missed = claims.power.filter { 2 * $0.foundCount < $0.madeCount }
    let list = missed.enumerated().flatMap { index, edit in
      [
        .words(index == 0 ? "" : ", "), .name(edit.edit), .words(" (\(edit.foundCount) of \(edit.madeCount))"),
      ] as [ParagraphPart]
    }
    let share = Self.percentage(found, of: tried)
    return [
      .words(
        "Of \(tried) copies of its own images, made by \(claims.power.count) edits to measure it, the search found \(found) ("
      ), .name("\(share) %"), .words(")"),
    ] + overall(found, of: tried)
      + (missed.isEmpty ? [.words(".")] : [.words(", and fewer than half of those made by ")] + list + [.words(".")])
  }

  /// The same over all images, where some were not compared: copies of those would not have been found.
  private func overall(_ found: Int, of tried: Int) -> [ParagraphPart] {
    guard let coverage = claims.coverage, coverage.comparedCount < claims.imageCount, tried > 0, claims.imageCount > 0
    else { return [] }
    // Counts are below 2^53 each.
    let tenths =
      UInt128(found) * UInt128(coverage.comparedCount) * 1000 / (UInt128(tried) * UInt128(claims.imageCount))
    return [
      .words(", which is "), .name("\(tenths / 10).\(tenths % 10) %"),
      .words(
        " of copies of all images, since \(claims.imageCount - coverage.comparedCount) of \(claims.imageCount) cannot be "
          + "compared"),
    ]
  }

  private var verdict: [ParagraphPart] {
    let counts = [(claims.errorCount, "error"), (claims.warningCount, "warning"), (claims.noteCount, "note")]
      .map { "\($0) \($1)\($0 == 1 ? "" : "s")" }.joined(separator: ", ")
    let waived = claims.waivers.count
    let policy =
      claims.terms.policyID.map { [.words("policy "), .name($0)] as [ParagraphPart] } ?? [.words("a policy")]
    var parts: [ParagraphPart] = [.words("Under ")] + policy
    parts += [
      .words(", which fails at \(claims.failOn.rawValue)s, the verdict is "),
      .words("\(claims.verdict.rawValue) (\(counts)"),
    ]
    if waived > 0 {
      let without = claims.verdictWithoutWaivers.map { "; without the waivers it is \($0.rawValue)" } ?? ""
      parts.append(.words("; \(waived) waived\(without)"))
    }
    return parts + [.words(").")]
  }

  private var certificate: [ParagraphPart] {
    [
      .words("The result is certified: certificate id "), .code(id.description), .words(", signed by "),
      .code(signer.description), .words("."),
    ]
  }

  private var limits: [ParagraphPart] {
    [
      .words(
        (checkedRecords
          ? "" : "The records are hidden, so that nobody without their secret can recompute these counts. ")
          + "The audit is self-declared, and a match that the search does not report may exist all the same.")
    ]
  }

  /// A share in percent with one decimal, rounded down so that 100.0 is all.
  private static func percentage(_ part: Int, of whole: Int) -> String {
    let tenths = part.multipliedFullWidth(by: 1000)
    let share = whole.dividingFullWidth(tenths).quotient
    return "\(share / 10).\(share % 10)"
  }
}
