internal import SplitSealBase

extension ManifestInput {
  /// How an input is laid out.
  public struct Format: Hashable, Sendable, CaseIterable, CustomStringConvertible {
    let layout: any ManifestLayout

    init(_ layout: any ManifestLayout) { self.layout = layout }

    /// All formats that can be read.
    public static var allCases: [Format] { ManifestLayouts.all.map { Format($0) } }

    /// The name in reports.
    public var name: String { layout.name }

    /// The media type of its files; `nil` if they have none, and for folders.
    public var mediaType: String? { layout.mediaTypes.first }

    /// Whether images are found by listing folders, so that other files may have been passed over.
    public var listsFolders: Bool { layout.listsFolders }

    /// The name in reports.
    public var description: String { name }

    /// Whether both are one layout.
    public static func == (a: Format, b: Format) -> Bool { a.layout.wireCode == b.layout.wireCode }

    /// Hashes the layout.
    public func hash(into hasher: inout Hasher) { hasher.combine(layout.wireCode) }
  }
}

extension ManifestInput.Format: WireCoded {
  package var wireCode: UInt8 { layout.wireCode }
}
