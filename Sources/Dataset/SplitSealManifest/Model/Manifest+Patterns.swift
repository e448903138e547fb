internal import SplitSealPatterns
internal import SplitSealBase

extension Manifest {
  /// The same samples with a grouping more for each pattern, behind those of columns.
  ///
  /// - Throws: ``ManifestError`` for what is not a pattern, and for one that fits no path.
  /// - Complexity: O(*n* *m*) for paths of *n* bytes in all and patterns of *m* bytes, whatever the patterns are.
  func grouped(by patterns: [String]) throws(ManifestError) -> Manifest {
    guard !patterns.isEmpty else { return self }
    var groupings = groupings
    for text in patterns { groupings.append(try grouping(by: text)) }
    return Manifest(
      root: root, splits: splits, labels: labels, groupings: groupings, times: times, samples: samples, inputs: inputs)
  }

  private func grouping(by text: String) throws(ManifestError) -> Grouping {
    let place = "group pattern '\(printable(text))'"
    let pattern: PathPattern
    do throws(PathPattern.Fault) {
      pattern = try PathPattern(text)
    } catch {
      throw ManifestError(.malformed, error.reason, hint: error.hint, file: place, column: error.offset + 1)
    }
    var scratch = PathPattern.Scratch()
    var builder = GroupingBuilder(name: "pattern \(text)")
    var groupedCount = 0
    for sample in samples {
      let group = pattern.group(in: sample.path, scratch: &scratch)
      if group != nil { groupedCount += 1 }
      builder.append(group.map { Array($0.utf8)[...] })
    }
    guard groupedCount > 0 else {
      let example = samples.first.map { ", the first of which is '\(printable($0.path))'" } ?? ""
      throw ManifestError(
        .malformed, "it fits none of \(samples.count) paths\(example)",
        hint: "paths start at the root; the pattern is looked for anywhere in them", file: place)
    }
    return builder.grouping()
  }
}
