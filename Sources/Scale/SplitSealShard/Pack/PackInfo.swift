/// What a pack says of the dataset whose fingerprints it holds.
public struct PackInfo: Hashable, Sendable {
  /// UTF-8 bytes of the longest name.
  public static let maximumNameByteCount = 256
  /// UTF-8 bytes of the longest other text.
  public static let maximumTextByteCount = 2048

  /// Name of the dataset, 1...256 UTF-8 bytes.
  public let name: String
  /// Version of the dataset; `nil` where none is given.
  public let version: String?
  /// Where the dataset is found; `nil` where nothing is said.
  public let uri: String?
  /// Licence of the dataset, as an SPDX identifier; `nil` where nothing is said.
  public let license: String?
  /// Whether the samples have the paths of the images, and not only numbers.
  public let holdsPaths: Bool
  /// Whether the samples have labels.
  public let holdsLabels: Bool

  /// Assembles what a pack says.
  ///
  /// - Returns: `nil` where a text is empty or too long, or has a control character.
  public init?(
    name: String, version: String? = nil, uri: String? = nil, license: String? = nil, holdsPaths: Bool = false,
    holdsLabels: Bool = false
  ) {
    guard Self.isText(name, Self.maximumNameByteCount),
      [version, uri, license].allSatisfy({ $0.map { Self.isText($0, Self.maximumTextByteCount) } ?? true })
    else { return nil }
    self.name = name
    self.version = version
    self.uri = uri
    self.license = license
    self.holdsPaths = holdsPaths
    self.holdsLabels = holdsLabels
  }

  private static func isText(_ text: String, _ limit: Int) -> Bool {
    (1...limit).contains(text.utf8.count)
      && text.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F..<0xA0).contains($0.value) }
  }
}
