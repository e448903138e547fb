internal import SplitSealBase
public import SplitSealManifest

/// An accuracy that somebody reported, by the name of the split.
public struct AccuracyClaim: Hashable, Sendable {
  /// The test split; `nil` where there is one only.
  public let split: String?
  /// Share of the split's images that were classified correctly, 0...1.
  public let accuracy: Double

  /// Makes a claim.
  public init(split: String? = nil, accuracy: Double) {
    self.split = split
    self.accuracy = accuracy
  }
}

/// What is known of a model that was trained and tested on the dataset.
public struct AccuracyClaims: Hashable, Sendable {
  /// Accuracies as they were reported: indices of splits, each split once.
  public struct Reported: Hashable, Sendable {
    /// Index of the split.
    public let split: Int
    /// Share of the split's images that were classified correctly, 0...1.
    public let accuracy: Double
  }

  /// What was reported, in the order given.
  public let reported: [Reported]
  /// What the model said of every image; `nil` where that is not known.
  public let predictions: Predictions?

  /// Nothing is known.
  public init() {
    reported = []
    predictions = nil
  }

  /// Finds the splits that are spoken of.
  ///
  /// - Parameters:
  ///   - claims: What was reported.
  ///   - predictions: What was predicted for the samples of the manifest.
  ///   - manifest: The dataset.
  /// - Throws: `ManifestError` where a split is not there, is not one that is tested on, or is meant and not named, and where
  ///   nothing is for training.
  public init(
    _ claims: [AccuracyClaim], predictions: Predictions? = nil, in manifest: Manifest
  ) throws(ManifestError) {
    var reported: [Reported] = []
    for claim in claims {
      let split = try Self.split(of: claim, in: manifest)
      guard !reported.contains(where: { $0.split == split }) else {
        throw Self.fault(
          "two accuracies are reported for '\(printable(manifest.splits[split].name))'", hint: "give one for each split"
        )
      }
      reported.append(Reported(split: split, accuracy: claim.accuracy))
    }
    guard claims.isEmpty && predictions == nil || manifest.splits.contains(where: { $0.role == .training }) else {
      throw Self.fault(
        "no split is for training, so that no image of another can have leaked from it",
        hint: "say which is: --role NAME=training")
    }
    if let predictions { try Self.check(predictions, in: manifest) }
    self.reported = reported
    self.predictions = predictions
  }

  private static func split(of claim: AccuracyClaim, in manifest: Manifest) throws(ManifestError) -> Int {
    let tests = manifest.splits.indices.filter { manifest.splits[$0].role == .test }
    guard let name = claim.split else {
      guard let only = tests.first, tests.count == 1 else {
        throw fault(
          "the reported accuracy is of one of \(tests.count) test splits",
          hint: tests.isEmpty
            ? "say which split is for testing: --role NAME=test"
            : "say of which: --reported-accuracy \(printable(manifest.splits[tests[0]].name))=\(claim.accuracy)")
      }
      return only
    }
    guard let split = manifest.splits.firstIndex(where: { $0.name.hasSameBytes(as: name) }) else {
      let names = manifest.splits.map { "'\(printable($0.name))'" }.joined(separator: ", ")
      throw fault(
        "an accuracy is reported for '\(printable(name))', which is no split", hint: "the splits are \(names)")
    }
    guard manifest.splits[split].role.isEvaluated else {
      throw fault(
        "an accuracy is reported for '\(printable(name))', which is for \(manifest.splits[split].role.rawValue)",
        hint: "report the accuracy on a test or validation split, or give it that role with --role")
    }
    return split
  }

  private static func check(_ predictions: Predictions, in manifest: Manifest) throws(ManifestError) {
    let isAny = manifest.samples.indices.contains { sample in
      manifest.splits[manifest.samples[sample].split].role.isEvaluated && predictions[sample] != .missing
    }
    guard !isAny else { return }
    throw ManifestError(
      .malformed, "no prediction is for an image of a test or validation split",
      hint: "predict the images that the model was tested on", file: predictions.path)
  }

  private static func fault(_ message: String, hint: String) -> ManifestError {
    ManifestError(.unknownSplit, message, hint: hint, file: "command line")
  }
}

extension SplitRole {
  /// Whether results on such a split are reported.
  var isEvaluated: Bool { self == .test || self == .validation }
}
