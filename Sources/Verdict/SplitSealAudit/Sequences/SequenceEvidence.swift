internal import SplitSealFingerprint
internal import SplitSealManifest
internal import SplitSealStatistics

/// Whether samples that are numbered are frames of a sequence: neighbours then look far more alike than others of their
/// kind.
///
/// The images of most datasets are numbered, in no order that means much: numbers alone say nothing. Pictures of one class
/// are more alike than others, and pictures that were crawled together a little more so. Neighbours are therefore held
/// against pictures of their own sequence and class that are far from them, and have to stand out from nearly all of these.
struct SequenceEvidence {
  /// What neighbours were held against.
  enum Reference: Hashable {
    /// Frames of the same sequence and class that are far from each other.
    case farFrames
    /// Frames of other sequences of the same class: the sequences are too short to have frames far from each other.
    case sameClass
    /// Frames of other sequences, of which nobody knows the class.
    case otherSequences
  }

  /// Neighbours whose likeness is looked at, spread over the sequences.
  static let mostPairs = 400
  /// Pairs needed of neighbours, and of others, to tell.
  static let leastPairs = 20
  /// Frames of a sequence from which on a third of it is far: in a shorter one that is a neighbour again.
  static let leastReach = 4
  /// The most alike of the other pairs, as a share: neighbours that are more alike than all others are called alike.
  static let othersShare = 0.05
  /// The chance, over all sequences that are tested, of believing in one that is none.
  static let level = 0.01

  /// What neighbours were held against.
  let reference: Reference
  /// Neighbours that were compared.
  let pairCount: Int
  /// Neighbours that are more alike than ``othersShare`` of the others leave room for.
  let alikeCount: Int
  /// The chance of so many were neighbours like all others, 0...1; `nil` when too few could be compared.
  ///
  /// One-sided, by Fisher's exact test.
  let pValue: Double?

  /// Compares the descriptors of neighbours with those of other pairs.
  ///
  /// - Parameters:
  ///   - sequences: One sequence, or several that are taken as one kind.
  ///   - all: Every sequence of the same origin.
  ///   - input: Where the fingerprints and classes are.
  init(_ sequences: [FrameSequence], among all: [FrameSequence], _ input: AuditInput) {
    let pairs = SequencePairs(sequences, input)
    let neighbours = Self.spread(pairs.neighbours).compactMap { Self.likeness($0, input) }
    var others = Self.spread(pairs.far).compactMap { Self.likeness($0, input) }
    var reference = Reference.farFrames
    if others.count < Self.leastPairs {
      let hasClasses = !input.manifest.labels.isEmpty
      reference = hasClasses ? .sameClass : .otherSequences
      others = Self.foreignPairs(sequences, all, input, ofSameClass: hasClasses)
        .compactMap { Self.likeness($0, input) }
    }
    self.reference = reference
    pairCount = neighbours.count
    guard neighbours.count >= Self.leastPairs, others.count >= Self.leastPairs else {
      (alikeCount, pValue) = (0, nil)
      return
    }
    let ranked = others.sorted(by: >)
    let cut = ranked[Int(Self.othersShare * Double(ranked.count))]
    let alike = (neighbours: neighbours.count { $0 > cut }, others: others.count { $0 > cut })
    alikeCount = alike.neighbours
    let tables = Hypergeometric(
      total: neighbours.count + others.count, marked: alike.neighbours + alike.others, drawn: neighbours.count)
    pValue = alike.neighbours > tables.mode ? min(1, tables.tail(from: alike.neighbours, upwards: true)) : 1
  }

  /// The share of neighbours that are alike, 0...1.
  var alikeShare: Double { pairCount == 0 ? 0 : Double(alikeCount) / Double(pairCount) }

  /// The share of alike neighbours that a sequence has: of those that chance would bring there are ``othersShare``.
  ///
  /// More where nobody knows the class: pictures of one person or place in a folder are alike without being frames.
  private var leastAlikeShare: Double { reference == .otherSequences ? 0.8 : 0.4 }

  /// Whether neighbours are alike because they are neighbours.
  ///
  /// - Parameter adjustedPValue: ``pValue``, adjusted for the number of tests.
  /// - Returns: Whether the chance is below ``level`` and enough of the neighbours are alike.
  func isSequence(adjustedPValue: Double) -> Bool {
    // Rounded, so that the last digit of a logarithm decides nothing.
    (adjustedPValue * 1e6).rounded() < Self.level * 1e6 && alikeShare >= leastAlikeShare
  }

  private static func likeness(_ pair: (Int, Int), _ input: AuditInput) -> Double? {
    guard let first = input.outcomes[pair.0].fingerprint, let second = input.outcomes[pair.1].fingerprint else {
      return nil
    }
    return first.descriptors.cosine(to: second.descriptors)
  }

  /// Some of the pairs, evenly spread.
  private static func spread(_ pairs: [(Int, Int)]) -> [(Int, Int)] {
    guard pairs.count > mostPairs else { return pairs }
    return (0..<mostPairs).map { pairs[$0 * pairs.count / mostPairs] }
  }

  /// Pairs of a frame of the sequences and one of another sequence, evenly spread.
  private static func foreignPairs(
    _ sequences: [FrameSequence], _ all: [FrameSequence], _ input: AuditInput, ofSameClass: Bool
  ) -> [(Int, Int)] {
    // The frames of every class, each with its sequence; without classes all in one.
    func label(_ sample: Int) -> Int { ofSameClass ? input.manifest.samples[sample].label ?? -1 : -1 }
    var framesOf: [Int: [(sequence: Int, sample: Int)]] = [:]
    for (place, sequence) in all.enumerated() {
      for frame in sequence.frames { framesOf[label(frame.sample), default: []].append((place, frame.sample)) }
    }
    let placeOf = Dictionary(
      all.enumerated().map { ($1.frames[0].sample, $0) }, uniquingKeysWith: { first, _ in first })
    let ours = sequences.flatMap { sequence in
      sequence.frames.map { (sequence: placeOf[sequence.frames[0].sample], sample: $0.sample) }
    }
    guard !ours.isEmpty else { return [] }
    return (0..<mostPairs).compactMap { index in
      let mine = ours[index * ours.count / mostPairs]
      guard let others = framesOf[label(mine.sample)] else { return nil }
      // Another frame each time: a prime step goes through all of them.
      let other = others[(index * 7919) % others.count]
      return other.sequence == mine.sequence ? nil : (mine.sample, other.sample)
    }
  }
}

/// The pairs of neighbours of some sequences, and pairs of frames far from each other.
private struct SequencePairs {
  var neighbours: [(Int, Int)] = []
  var far: [(Int, Int)] = []

  /// Takes the pairs of frames of one class, where neighbours mostly have one: where classes stand in blocks, neighbours are
  /// alike as their class is.
  init(_ sequences: [FrameSequence], _ input: AuditInput) {
    for sequence in sequences {
      func label(_ frame: FrameSequence.Frame) -> Int? { input.manifest.samples[frame.sample].label }
      // Two of one position are two files of one frame, and no neighbours.
      let pairs = zip(sequence.frames, sequence.frames.dropFirst()).filter { $0.position < $1.position }
      let ofOneClass = pairs.filter { label($0) == label($1) }
      let isInBlocks = 2 * ofOneClass.count >= pairs.count
      neighbours += (isInBlocks ? ofOneClass : pairs).map { ($0.sample, $1.sample) }
      var frames: [Int?: [FrameSequence.Frame]] = [:]
      for frame in sequence.frames { frames[isInBlocks ? label(frame) : nil, default: []].append(frame) }
      for label in frames.keys.sorted(by: { $0 ?? -1 < $1 ?? -1 }) {
        let ours = frames[label] ?? []
        let reach = ours.count / 3
        guard reach >= SequenceEvidence.leastReach else { continue }
        far += (0..<ours.count - reach).map { (ours[$0].sample, ours[$0 + reach].sample) }
      }
    }
  }
}
