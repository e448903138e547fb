internal import SplitSealAudit
internal import SplitSealManifest

/// Where a finding is shown: a line of a manifest where the manifest has lines, and image files.
struct FilePlaces {
  /// A file, and a line in it where that is known.
  struct Place: Hashable {
    /// The path as it is on disk, not escaped.
    let path: String
    /// Whether the path starts from the dataset's root and not from the working directory.
    let isBelowRoot: Bool
    /// 1-based; `nil` for a whole file.
    let line: Int?
  }

  private let manifest: Manifest
  private let folder: String?

  /// - Parameters:
  ///   - manifest: The samples.
  ///   - folder: Its root as seen from the working directory, empty for the same folder; `nil` when it is elsewhere.
  init(_ manifest: Manifest, folder: String?) {
    (self.manifest, self.folder) = (manifest, folder)
  }

  /// The image of a sample.
  func image(of sample: Int) -> Place {
    let path = manifest.samples[sample].path
    guard let folder else { return Place(path: path, isBelowRoot: true, line: nil) }
    return Place(path: folder.isEmpty ? path : "\(folder)/\(path)", isBelowRoot: false, line: nil)
  }

  /// The row of a sample in its manifest; `nil` when it is in a folder or in what came through a pipe.
  func row(of sample: Int) -> Place? {
    let sample = manifest.samples[sample]
    guard sample.line > 0, manifest.inputs.indices.contains(sample.input) else { return nil }
    let input = manifest.inputs[sample.input]
    guard input.path != "-", !input.path.isEmpty else { return nil }
    return Place(path: Self.tidy(input.path), isBelowRoot: false, line: sample.line)
  }

  /// An input as a whole; `nil` for what came through a pipe.
  func input(_ input: ManifestInput) -> Place? {
    guard input.path != "-", !input.path.isEmpty else { return nil }
    return Place(path: Self.tidy(input.path), isBelowRoot: false, line: nil)
  }

  /// Where a finding is to be shown: the row of its sample or else the image, or the first input when it has no sample.
  func primary(of finding: Finding) -> Place? {
    guard let sample = finding.samples.first else { return manifest.inputs.first.flatMap(input) }
    return row(of: sample) ?? image(of: sample)
  }

  /// A path without `./` in front, which services that compare paths as texts do not know.
  private static func tidy(_ path: String) -> String {
    var rest = Array(path.utf8)[...]
    while rest.starts(with: "./".utf8), rest.count > 2 { rest = rest.dropFirst(2) }
    return String(decoding: rest, as: UTF8.self)
  }
}
