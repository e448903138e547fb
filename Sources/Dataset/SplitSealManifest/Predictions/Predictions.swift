/// What a model said of the samples of a manifest.
public struct Predictions: Hashable, Sendable {
  /// What was predicted for one sample.
  public enum Prediction: Hashable, Sendable {
    /// Nothing.
    case missing
    /// A label of the manifest, as an index into ``Manifest/labels``.
    case label(Int)
    /// A name that is no label of the manifest.
    case unknownLabel
  }

  /// The file as the user gave it.
  public let path: String
  /// SHA-256 of the file's bytes.
  public let sha256: [UInt8]
  /// Rows of the file.
  public let rowCount: Int
  /// A label's index, or one of the two below: there may be a million.
  private let codes: [Int32]
  private static let missing: Int32 = -1
  private static let unknownLabel: Int32 = -2

  /// Assembles predictions: one for each sample of a manifest.
  public init(path: String, sha256: [UInt8], rowCount: Int, ofSample predictions: [Prediction]) {
    self.path = path
    self.sha256 = sha256
    self.rowCount = rowCount
    codes = predictions.map(Self.code)
  }

  /// What was predicted for a sample.
  public subscript(sample: Int) -> Prediction { Self.prediction(codes[sample]) }

  private static func code(_ prediction: Prediction) -> Int32 {
    switch prediction {
    case .missing: missing
    case .label(let label): Int32(label)
    case .unknownLabel: unknownLabel
    }
  }

  private static func prediction(_ code: Int32) -> Prediction {
    code == missing ? .missing : code == unknownLabel ? .unknownLabel : .label(Int(code))
  }
}
