/// The samples of a dataset, in the order in which its manifests name them.
public struct Manifest: Hashable, Sendable {
  /// Absolute path of the folder that every ``Sample/path`` starts from, without a trailing slash.
  public let root: String
  /// The splits, in order of first appearance.
  ///
  /// ``Sample/split`` indexes this array.
  public let splits: [Split]
  /// The distinct labels, sorted by UTF-8 bytes.
  ///
  /// ``Sample/label`` indexes this array.
  public let labels: [String]
  /// The ways in which samples belong together, in the order in which they were asked for; the first one is that which
  /// certificates name.
  public let groupings: [Grouping]
  /// When samples were taken; `nil` when the manifest does not say.
  public let times: SampleTimes?
  /// One element a row, in manifest order.
  ///
  /// Never sorted, never merged: a path that stands twice is two samples.
  public let samples: [Sample]
  /// The manifests and folders that were read, in the order given.
  public let inputs: [ManifestInput]

  /// Assembles a manifest from its parts.
  ///
  /// - Precondition: every index in `samples` is in range; groupings and times have as many places as there are samples.
  public init(
    root: String, splits: [Split], labels: [String], groupings: [Grouping] = [], times: SampleTimes? = nil,
    samples: [Sample], inputs: [ManifestInput]
  ) {
    self.root = root
    self.splits = splits
    self.labels = labels
    self.groupings = groupings
    self.times = times
    self.samples = samples
    self.inputs = inputs
  }
}

extension Manifest {
  /// The same samples below another root.
  public func rooted(at root: String) -> Manifest {
    Manifest(
      root: root, splits: splits, labels: labels, groupings: groupings, times: times, samples: samples, inputs: inputs)
  }

  /// The name of the sample's group in the first grouping; `nil` when it has none.
  public func groupName(of sample: Int) -> String? {
    guard let grouping = groupings.first else { return nil }
    return grouping.group(of: sample).map { grouping.groups[$0] }
  }
}

/// One row of a manifest: 32 bytes and its path, as there may be a million.
public struct Sample: Hashable, Sendable {
  /// Path of the image below the manifest's root: `/` between components, no `.`, no `..`, not absolute.
  public let path: String
  /// Index into ``Manifest/splits``.
  public var split: Int { Int(splitIndex) }
  /// Index into ``Manifest/labels``; `nil` when the manifest gives none.
  public var label: Int? { labelIndex == Self.absent ? nil : Int(labelIndex) }
  /// Index into ``Manifest/inputs``: where this row stands.
  public var input: Int { Int(inputIndex) }
  /// Line in that input on which the row starts, 1-based; 0 when the input is a folder.
  public var line: Int { Int(lineNumber) }

  private static let absent: UInt32 = .max
  private let splitIndex: UInt32
  private let labelIndex: UInt32
  private let inputIndex: UInt32
  private let lineNumber: UInt32

  /// Makes a sample.
  ///
  /// - Precondition: Indices are in 0..<2^32 - 1. Lines behind the 2^32nd are taken as that one.
  public init(path: String, split: Int, label: Int? = nil, input: Int = 0, line: Int = 0) {
    self.path = path
    splitIndex = UInt32(split)
    labelIndex = label.map { UInt32($0) } ?? Self.absent
    inputIndex = UInt32(input)
    lineNumber = UInt32(clamping: line)
  }
}

/// A file or folder that the manifest was read from.
public struct ManifestInput: Hashable, Sendable {
  /// The path as the user gave it.
  public let path: String
  /// How it is written.
  public let format: Format
  /// SHA-256 of the file's bytes as they were parsed; `nil` for a folder, and for a Croissant file, which may point to
  /// what is made of it.
  public let sha256: [UInt8]?
  /// Files that a folder holds and that were not taken for images (hidden files, text, tables); 0 for a file.
  public let ignoredFileCount: Int
  /// What they are called, the most frequent first, safe to print: `*.txt (96)`, `labels.cache`.
  public let ignoredNames: [String]
  /// What was not understood, or left out, one sentence each, safe to print.
  public let notes: [String]
  /// Whether labels are lists, as JSON has them: the classes of an image stand in its label, ``labelSeparator`` between
  /// them.
  public let hasLabelLists: Bool

  /// Stands between the classes of an image where they came as a list.
  public static let labelSeparator = "|"

  /// Describes an input.
  public init(
    path: String, format: Format, sha256: [UInt8]? = nil, ignoredFileCount: Int = 0, ignoredNames: [String] = [],
    notes: [String] = [], hasLabelLists: Bool = false
  ) {
    self.path = path
    self.format = format
    self.sha256 = sha256
    self.ignoredFileCount = ignoredFileCount
    self.ignoredNames = ignoredNames
    self.notes = notes
    self.hasLabelLists = hasLabelLists
  }

  /// The same under another path, and with further notes.
  func with(path: String? = nil, notes: [String] = [], hasLabelLists: Bool = false) -> ManifestInput {
    ManifestInput(
      path: path ?? self.path, format: format, sha256: sha256, ignoredFileCount: ignoredFileCount,
      ignoredNames: ignoredNames, notes: self.notes + notes, hasLabelLists: self.hasLabelLists || hasLabelLists)
  }
}
