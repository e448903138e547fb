internal import SplitSealBase
internal import SplitSealManifest

/// The paths that stand in several rows of the manifests.
struct RepeatedPaths: Sendable {
  /// Number of different paths.
  let distinctCount: Int
  /// The samples of each path that stands more than once, in the order of their first samples.
  let repeated: [[Int]]

  /// Compares all paths, byte by byte.
  ///
  /// - Complexity: O(*n*) on average for *n* samples.
  init(_ samples: [Sample]) {
    var firstOf: [PathKey: Int32] = [:]
    firstOf.reserveCapacity(samples.count)
    // Few paths stand twice: an array for each path would be most of the memory.
    var repeated: [Int: [Int]] = [:]
    for (index, sample) in samples.enumerated() {
      let first = Int(firstOf[PathKey(path: sample.path), default: Int32(index)])
      if first == index {
        firstOf[PathKey(path: sample.path)] = Int32(index)
      } else {
        repeated[first, default: [first]].append(index)
      }
    }
    distinctCount = firstOf.count
    self.repeated = repeated.sorted { $0.key < $1.key }.map(\.value)
  }
}

/// A path that equals only itself, byte by byte: `String` takes the composed and the decomposed "ä" for one.
private struct PathKey: Hashable {
  let path: String

  static func == (a: PathKey, b: PathKey) -> Bool { a.path.hasSameBytes(as: b.path) }

  // Equal bytes are equal strings, so the string's hash serves.
  func hash(into hasher: inout Hasher) { hasher.combine(path) }
}
