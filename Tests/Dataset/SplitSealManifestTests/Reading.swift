import SplitSealManifest
import SplitSealTestSupport
import Testing

/// A sample with its names instead of indices, to compare with what a test expects.
struct NamedSample: Equatable, CustomStringConvertible {
  let path: String
  let split: String
  var label: String?
  var group: String?
  var line = 0

  var description: String { "\(line): \(split) \(path) label=\(label ?? "-") group=\(group ?? "-")" }
}

extension Manifest {
  /// The samples with their names.
  var named: [NamedSample] {
    samples.enumerated().map { index, sample in
      NamedSample(
        path: sample.path, split: splits[sample.split].name, label: sample.label.map { labels[$0] },
        group: groupName(of: index), line: sample.line)
    }
  }
}

/// Options with some of them changed.
func options(_ change: (inout ManifestOptions) -> Void) -> ManifestOptions {
  var options = ManifestOptions()
  change(&options)
  return options
}

/// What the command line shows of an error, without the folder of the test.
func failure(
  of inputs: [String], _ options: ManifestOptions = ManifestOptions(), in folder: TemporaryFolder,
  sourceLocation: SourceLocation = #_sourceLocation
) -> (code: ManifestError.Code?, text: String, hint: String?) {
  do {
    let manifest = try Manifest.read(inputs, options: options)
    Issue.record("read without an error: \(manifest.named)", sourceLocation: sourceLocation)
    return (nil, "", nil)
  } catch {
    return (
      error.code, error.description.replacing(folder.path + "/", with: ""),
      error.hint?.replacing(folder.path + "/", with: "")
    )
  }
}
