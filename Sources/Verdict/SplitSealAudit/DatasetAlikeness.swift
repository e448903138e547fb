internal import SplitSealBase
internal import SplitSealManifest
internal import SplitSealMatch
internal import SplitSealPolicy

/// What a match is worth on a dataset: little where the pictures are alike by design, or where nearly everything matches
/// everything.
public struct DatasetAlikeness: Hashable, Sendable {
  /// An evaluated split nearly all of whose images match, each with many others.
  public struct Crowd: Hashable, Sendable {
    /// Index of the split.
    public let split: Int
    /// Index of the split that its images match in.
    public let other: Int
    /// Images of the split that match.
    public let matchedCount: Int
    /// Images of the split that were compared.
    public let comparedCount: Int
    /// The listed partners of the matched images in the other split, at the median.
    public let partnerCount: Int
  }

  /// The share of a split's compared images that must match, and the partners that these must have at the median, for a
  /// crowd: no copies of single pictures, of which an image has one or a few.
  private static let (crowdShare, crowdPartnerCount) = (0.5, 8)
  /// Fewer matched images are no crowd.
  private static let leastCrowd = 10
  /// Where pictures are alike by design, the share of matched images from which on a report says no more that so many
  /// images leaked.
  private static let manyShare = 0.2

  /// Share of random pairs of different pictures that look as alike as copies do, 0...1; `nil` where it is not known.
  public let share: Double?
  /// Whether the pictures are alike by design.
  public let isByDesign: Bool
  /// The largest crowd; `nil` where there is none.
  public let crowd: Crowd?
  /// Whether the number of matches may be that of look-alikes, so that nobody may say that so many images leaked.
  public let isCountDoubtful: Bool

  init(_ input: AuditInput) {
    let matches = input.matches
    share = matches.alikeness
    isByDesign = matches.isAlikeByDesign
    let compared = input.coverage().map(\.comparedCount)
    let samples = input.manifest.samples
    // By sample and other split.
    var partners: [[Int]: Int] = [:]
    for match in matches.matches where match.kind.isNear {
      partners[[match.first, samples[match.second].split], default: 0] += 1
      partners[[match.second, samples[match.first].split], default: 0] += 1
    }
    var countsOf: [[Int]: [Int]] = [:]
    for (key, count) in partners { countsOf[[samples[key[0]].split, key[1]], default: []].append(count) }
    // Where no split is for training or evaluation, every split is held against every other.
    let pairs = input.evaluatedPairs
    var crowd: Crowd?
    var isCountDoubtful = false
    for key in countsOf.keys.sorted(by: { ($0[0], $0[1]) < ($1[0], $1[1]) }) {
      let (split, counts) = (key[0], (countsOf[key] ?? []).sorted())
      guard pairs.isEmpty || pairs.contains(where: { $0.learned == key[1] && $0.evaluated == split }) else { continue }
      let share = Double(counts.count) / Double(max(1, compared[split]))
      let found = Crowd(
        split: split, other: key[1], matchedCount: counts.count, comparedCount: compared[split],
        partnerCount: counts[(counts.count - 1) / 2])
      if counts.count >= Self.leastCrowd, share >= Self.crowdShare, found.partnerCount >= Self.crowdPartnerCount,
        found.matchedCount > crowd?.matchedCount ?? 0
      {
        crowd = found
      }
      if isByDesign, share >= Self.manyShare { isCountDoubtful = true }
    }
    self.crowd = crowd
    self.isCountDoubtful = isCountDoubtful || crowd != nil
  }
}

extension AuditInput {
  /// ``alikenessSentences`` as what cannot be told; `nil` on datasets on which a match is worth much.
  package var alikenessGap: String? {
    let sentences = alikenessSentences
    return sentences.isEmpty ? nil : "which matches are copies: \(sentences.joined(separator: "; "))"
  }

  /// The same in one short sentence, for the head of a report.
  package var alikenessCaution: String? {
    if let crowd = alikeness.crowd {
      return "nearly everything matches everything (\(grouped(crowd.matchedCount)) of "
        + "\(counted(crowd.comparedCount, "image")) of \(name(ofSplit: crowd.split)) match in "
        + "\(name(ofSplit: crowd.other))): look at some pairs (splitseal review) before calling them leaks"
    }
    guard alikeness.isByDesign, let share = alikeness.share else { return nil }
    return "the pictures are alike by design (\(percent(share, digits: 1)) of random pairs look as alike as copies do):"
      + " another picture of the same kind may pass for a copy"
      + (matches.matches.isEmpty ? "" : "; look at some pairs (splitseal review)")
  }

  /// What is to be said of a dataset on which a match is worth little; empty on others.
  package var alikenessSentences: [String] {
    var sentences: [String] = []
    if alikeness.isByDesign, let share = alikeness.share {
      sentences.append(
        "the pictures are alike by design: of random pairs of different ones \(percent(share, digits: 1)) look as alike "
          + "as copies do (of photographs less than 0.1 %)")
    }
    if let crowd = alikeness.crowd {
      sentences.append(
        "nearly everything matches everything: \(grouped(crowd.matchedCount)) of the "
          + "\(counted(crowd.comparedCount, "image")) of \(name(ofSplit: crowd.split)) that were compared match in "
          + "\(name(ofSplit: crowd.other)), with \(counted(crowd.partnerCount, "image")) each at the median")
    }
    guard !sentences.isEmpty else { return [] }
    let doubtful = doubt.pairCount
    let pairs =
      doubtful == 0
      ? "no pair is in doubt" : "\(counted(doubtful, "pair")) in doubt cannot be told"
    sentences.append(
      alikeness.crowd == nil
        ? "what fine detail tells apart is told apart, and \(pairs); another picture of the same kind may still pass for "
          + "a copy: look at some of the pairs (splitseal review)"
        : "whether these are copies, or pictures of one kind or scene, the numbers do not tell, and \(pairs): look at "
          + "some of the pairs (splitseal review) before calling them leaks")
    return sentences
  }
}
