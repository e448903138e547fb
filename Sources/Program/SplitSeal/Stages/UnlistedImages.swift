internal import SplitSealImage
public import SplitSealManifest

/// Images that no sample names though they lie in a folder that was read: they are hidden, or their names say that they
/// are something else.
///
/// Programs that go by content, or list every file, take them for images: a copy of a test image in the training folder
/// leaks all the same.
public enum UnlistedImages {
  /// Bytes that tell a format.
  private static let headByteCount = 64

  /// Their paths below the root, in order.
  ///
  /// - Parameter manifest: The dataset; its inputs are named from the root (`Manifest.namingInputsFromRoot()`).
  /// - Returns: The paths; none where no input is a folder.
  /// - Complexity: O(*n*) for *n* files in the folders, of which the first bytes are read where no sample names them.
  public static func paths(in manifest: Manifest) -> [String] {
    var paths: [String] = []
    PassedOverFiles.forEach(in: manifest, byteCount: headByteCount) { path, start in
      if ImageFormat(sniffing: start) != nil { paths.append(path) }
    }
    return paths
  }
}
