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
  /// The distinct groups, sorted by UTF-8 bytes.
  ///
  /// ``Sample/group`` indexes this array.
  public let groups: [String]
  /// One element a row, in manifest order.
  ///
  /// Never sorted, never merged: a path that stands twice is two samples.
  public let samples: [Sample]
  /// The manifests and folders that were read, in the order given.
  public let inputs: [ManifestInput]

  /// Assembles a manifest from its parts.
  ///
  /// - Precondition: every index in `samples` is in range.
  public init(
    root: String, splits: [Split], labels: [String], groups: [String], samples: [Sample], inputs: [ManifestInput]
  ) {
    self.root = root
    self.splits = splits
    self.labels = labels
    self.groups = groups
    self.samples = samples
    self.inputs = inputs
  }
}

/// One row of a manifest: 40 bytes and its path, as there may be a million.
public struct Sample: Hashable, Sendable {
  /// Path of the image below the manifest's root: `/` between components, no `.`, no `..`, not absolute.
  public let path: String
  /// Index into ``Manifest/splits``.
  public var split: Int { Int(splitIndex) }
  /// Index into ``Manifest/labels``; `nil` when the manifest gives none.
  public var label: Int? { labelIndex == Self.absent ? nil : Int(labelIndex) }
  /// Index into ``Manifest/groups`` (subject, patient, video, scene); `nil` when the manifest gives none.
  public var group: Int? { groupIndex == Self.absent ? nil : Int(groupIndex) }
  /// Index into ``Manifest/inputs``: where this row stands.
  public var input: Int { Int(inputIndex) }
  /// Line in that input on which the row starts, 1-based; 0 when the input is a folder.
  public var line: Int { Int(lineNumber) }

  private static let absent: UInt32 = .max
  private let splitIndex: UInt32
  private let labelIndex: UInt32
  private let groupIndex: UInt32
  private let inputIndex: UInt32
  private let lineNumber: UInt32

  /// Makes a sample.
  ///
  /// - Precondition: Indices are in 0..<2^32 - 1. Lines behind the 2^32nd are taken as that one.
  public init(path: String, split: Int, label: Int? = nil, group: Int? = nil, input: Int = 0, line: Int = 0) {
    self.path = path
    splitIndex = UInt32(split)
    labelIndex = label.map { UInt32($0) } ?? Self.absent
    groupIndex = group.map { UInt32($0) } ?? Self.absent
    inputIndex = UInt32(input)
    lineNumber = UInt32(clamping: line)
  }
}

/// A file or folder that the manifest was read from.
public struct ManifestInput: Hashable, Sendable {
  /// How an input is written.
  public enum Format: String, Hashable, Sendable {
    case csv
    case tsv
    case jsonLines = "jsonl"
    case json
    case folder
  }

  /// The path as the user gave it.
  public let path: String
  /// How it is written.
  public let format: Format
  /// SHA-256 of the file's bytes as they were parsed; `nil` for a folder.
  public let sha256: [UInt8]?
  /// Files that a folder holds and that were not taken for images (hidden files, text, tables); 0 for a file.
  public let ignoredFileCount: Int

  /// Describes an input.
  public init(path: String, format: Format, sha256: [UInt8]? = nil, ignoredFileCount: Int = 0) {
    self.path = path
    self.format = format
    self.sha256 = sha256
    self.ignoredFileCount = ignoredFileCount
  }
}
