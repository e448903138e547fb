internal import SplitSealKeys
internal import SplitSealBase
internal import SplitSealJSON

extension CertificateClaims.Coverage {
  /// Reads what stands beside `checked`; `nil` where neither member is there.
  init?(_ entry: StatementReader) throws(CertificateError) {
    guard entry.optional("compared") != nil || entry.optional("inDoubt") != nil else { return nil }
    checkedCount = try entry.count("checked")
    comparedCount = try entry.count("compared")
    doubtfulCount = try entry.count("inDoubt")
  }

  /// Images that were read and show too little to be compared; below 0 where the claims contradict one another.
  package var plainCount: Int { checkedCount - comparedCount }
}

extension CertificateClaims.Alikeness {
  fileprivate static let digitCount = 4

  init(_ entry: StatementReader) throws(CertificateError) {
    share = try entry.string("share")
    // The one form in which it is written: 0.0000 to 1.0000.
    guard let number = Double(share), (0...1).contains(number),
      fixed(number, digits: Self.digitCount).hasSameBytes(as: share)
    else { throw entry.fault("is not a share like 0.8700", "share") }
    guard case .bool(let flag)? = entry.optional("byDesign")?.value else {
      throw entry.fault("is not true or false", "byDesign")
    }
    isByDesign = flag
  }

  /// The share in percent with one decimal, for a sentence.
  var percentage: String { percent(Double(share) ?? 0, digits: 1) }
}

extension CertificateClaims {
  /// Where the claims about what was compared contradict one another, one sentence each.
  var contradictionsOfCoverage: [String] {
    var found: [String] = []
    func check(_ holds: Bool, _ sentence: @autoclosure () -> String) {
      if !holds { found.append(sentence()) }
    }
    if let coverage { check(coverage.isWithin(listedCount), "more images are claimed compared or in doubt than read") }
    for split in splits {
      guard let coverage = split.coverage else { continue }
      check(
        coverage.isWithin(split.count),
        "split \(split.name.quoted): more images are claimed read, compared or in doubt than are there")
    }
    let parts = splits.compactMap(\.coverage)
    if let coverage, parts.count == splits.count {
      check(
        Self.sum(parts.map(\.checkedCount)) == coverage.checkedCount
          && Self.sum(parts.map(\.comparedCount)) == coverage.comparedCount
          && Self.sum(parts.map(\.doubtfulCount)) == coverage.doubtfulCount,
        "the images that the splits claim read, compared and in doubt do not add up to those of the coverage")
    } else {
      check(coverage == nil && parts.isEmpty, "images are claimed compared for some of the dataset alone")
    }
    if let alikeness, let share = Double(alikeness.share) {
      // The share is rounded: at the limit either is right.
      let limit = StatementNames.leastAlikeness
      check(
        (share - limit).magnitude < 0.00006 || (share >= limit) == alikeness.isByDesign,
        "the pictures are \(alikeness.isByDesign ? "" : "not ")claimed alike by design, at a share of \(alikeness.share)"
      )
    }
    return found
  }
}

extension CertificateClaims.Coverage {
  /// Whether the counts fit into each other and into so many images.
  fileprivate func isWithin(_ count: Int) -> Bool {
    checkedCount <= count && comparedCount <= checkedCount && doubtfulCount <= checkedCount
  }
}
