internal import SplitSealBase
internal import SplitSealFingerprint
internal import SplitSealImage
internal import SplitSealManifest
internal import SplitSealMatch

extension Manifest {
  /// What in the folders was not taken for images: `3 other files: labels.cache (2), notes.txt`; `nil` for nothing.
  package var ignoredSentence: String? {
    let count = inputs.reduce(0) { $0 + $1.ignoredFileCount }
    guard count > 0 else { return nil }
    let names = inputs.flatMap(\.ignoredNames)
    return counted(count, "other file") + " in the folders" + (names.isEmpty ? "" : ": \(enumeration(names, limit: 8))")
  }
}

extension AuditInput {
  /// The name of a split, safe to print.
  func name(ofSplit split: Int) -> String { printable(manifest.splits[split].name) }

  /// The label with the given index, quoted.
  func name(ofLabel label: Int) -> String { manifest.labels[label].quoted }

  /// Where a sample is: `test/cat/7.png (test)`.
  func place(of sample: Int) -> String {
    let sample = manifest.samples[sample]
    return "\(printable(sample.path)) (\(name(ofSplit: sample.split)))"
  }

  /// What identifies a sample in a finding: the split's name, a slash, the path.
  func item(_ sample: Int) -> String {
    let sample = manifest.samples[sample]
    return "\(manifest.splits[sample.split].name)/\(sample.path)"
  }

  /// What was read and other programs may refuse: `2 files, which other programs may refuse: a.png (...)`; `nil` for
  /// nothing.
  package var repairedSentence: String? {
    let repaired = repaired
    guard !repaired.isEmpty else { return nil }
    let names = repaired.map { sample, repairs in
      "\(printable(manifest.samples[sample].path)) (\(repairs.reasons.joined(separator: "; ")))"
    }
    return "\(counted(repaired.count, "file")), which other programs may refuse: \(enumeration(names))"
  }

  /// The splits of some samples, ascending, each once.
  func splits(of samples: [Int]) -> [Int] {
    var splits: [Int] = []
    for sample in samples where !splits.contains(manifest.samples[sample].split) {
      splits.append(manifest.samples[sample].split)
    }
    return splits.sorted()
  }
}

extension Match {
  /// The distance for a sentence: `12 of 256 PDQ bits`, naming the sampling where it is not the standard's.
  var differingBits: String {
    "\(distance ?? 0) of 256 \(sampling == .centred ? "centred PDQ" : "PDQ") bits"
  }
}

extension Orientation {
  /// How the other picture lies, for a sentence: `, mirrored`; empty when both lie alike.
  var clause: String {
    switch self {
    case .identity: ""
    case .mirror: ", mirrored"
    case .turn180: ", turned by 180 degrees"
    case .flip: ", mirrored top to bottom"
    case .transpose: ", mirrored and turned by 270 degrees"
    case .turn90: ", turned by 90 degrees"
    case .transverse: ", mirrored and turned by 90 degrees"
    case .turn270: ", turned by 270 degrees"
    }
  }
}
