internal import SplitSealBase
internal import SplitSealAudit
internal import SplitSealFingerprint
internal import SplitSealImage
internal import SplitSealManifest
internal import SplitSealMatch

extension TextReport {
  /// Why two images are a pair, and what is known of each: indented below the pair's row.
  func evidence(of match: Match, _ finding: Finding, _ samples: [Int]) -> [String] {
    let lines =
      reasons(match, samples) + samples.map(facts) + ["id \(finding.id)"]
    return lines.map { "           " + style.painted($0, .faint) }
  }

  private func reasons(_ match: Match, _ samples: [Int]) -> [String] {
    let options = result.input.matchOptions
    let fingerprints = samples.map { result.input.outcomes[$0].fingerprint }
    switch match.kind {
    case .bytes:
      let digest = result.input.outcomes[match.first].content?.sha256.description ?? ""
      return ["why: every byte of the two files is equal; their SHA-256:", digest]
    case .pixels:
      let digests = fingerprints.compactMap { $0?.pixels.description }
      let isOne = Set(digests).count == 1
      return [
        "why: the files differ, every pixel is equal"
          + (isOne ? "; XXH3-128 of the pixels \(digests[0])" : "; compared pixel by pixel")
      ]
    case .aligned:
      return [
        "why: shows one picture with probability \(fixed(match.score, digits: 3)), and is reported from"
          + " \(scoreText(options.reportingThreshold)) on",
        laid(match, samples),
      ] + views(match, samples)
    case .descriptor:
      return [
        "why: descriptors have cosine \(fixed(min(1, match.alignment?.cosine ?? match.score), digits: 3)), and are reported from"
          + " \(fixed(options.leastCosineAlone, digits: 2)) on; pixels could not be compared"
      ] + views(match, samples)
    case .pdq:
      let radius = MatchSearch.radius(score: options.reportingThreshold)
      let sampling = match.sampling == .centred ? "centred sampling" : "the standard's sampling"
      return [
        "why: \(match.distance ?? 0) of 256 bits of the PDQ hashes differ (\(sampling), \(turn(match, samples)));"
          + " up to \(radius) are reported"
      ]
    case .judged:
      return ["why: a person says that both show one picture"]
    }
  }

  /// How the pixels lie on each other.
  private func laid(_ match: Match, _ samples: [Int]) -> String {
    let overlap = match.alignment?.overlap.map { "\(percent($0, digits: 0)) of the smaller picture lies on the other" }
    return "pixels: \([overlap, turn(match, samples)].compactMap(\.self).joined(separator: ", "))"
  }

  /// What is done to the other picture so that it lies on the evaluated one.
  private func turn(_ match: Match, _ samples: [Int]) -> String {
    let orientation = samples.first == match.second ? match.orientation : match.orientation.inverse
    return orientation == .identity ? "both upright" : "the other one after \(orientation.name)"
  }

  /// The parts of the pictures whose descriptors are closest.
  ///
  /// Descriptors are rounded: a cosine may come out a little above 1.
  private func views(_ match: Match, _ samples: [Int]) -> [String] {
    guard let alignment = match.alignment else { return [] }
    let isForward = samples.first == match.first
    let names = [alignment.firstView, alignment.secondView].map(\.name)
    let (mine, others) = isForward ? (names[0], names[1]) : (names[1], names[0])
    return [
      "closest views: \(mine) of the first, \(others) of the other, cosine \(fixed(min(1, alignment.cosine), digits: 3))"
    ]
  }

  /// Size, format and label of an image.
  private func facts(_ sample: Int) -> String {
    let fingerprint = result.input.outcomes[sample].fingerprint
    let label = manifest.samples[sample].label.map { "labelled '\(printable(manifest.labels[$0]))'" }
    let size = fingerprint.map { "\($0.width) x \($0.height) pixels, \($0.format.rawValue)" }
    let bytes = result.input.outcomes[sample].content.map { "\(grouped($0.byteCount)) bytes" }
    let words = [size, bytes, label].compactMap(\.self)
    return
      "\(name(of: manifest.samples[sample].split)): \(words.isEmpty ? "nothing is known" : words.joined(separator: ", "))"
  }
}
