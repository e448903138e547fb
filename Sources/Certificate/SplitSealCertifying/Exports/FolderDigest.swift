internal import SplitSealKeys
public import SplitSealBase
internal import Crypto
internal import SplitSealFingerprint
internal import SplitSealManifest

/// The digest of every file of a folder, as the OpenSSF Model Signing format takes them.
public struct FolderDigest: Hashable, Sendable {
  /// One file.
  struct Resource: Hashable {
    /// Path below the folder, `/` between components.
    let name: String
    let sha256: Digest256
  }

  /// The folder's name.
  let name: String
  /// Every file, sorted component by component as UTF-8 bytes.
  let resources: [Resource]
  /// Paths that were left out, with everything below them, sorted.
  let ignoredPaths: [String]

  /// Number of files.
  public var fileCount: Int { resources.count }

  /// SHA-256 over the files' digests as 32 bytes each, in order.
  ///
  /// Neither names nor sizes are in it: it tells datasets apart, and not how they are labelled.
  public let rootDigest: Digest256

  /// Paths that `model_signing` leaves out unless it is told not to.
  private static let ignoredByModelSigning = [".git", ".gitattributes", ".github", ".gitignore"]

  /// Reads every file of a folder, hidden ones too.
  ///
  /// Left out are what `model_signing` leaves out by itself (`.git`, `.gitattributes`, `.github`, `.gitignore`, at the
  /// top alone), `.splitseal`, and what the caller names.
  ///
  /// - Parameters:
  ///   - root: Real path of the folder.
  ///   - outputs: Files and folders to leave out, such as those about to be written; others than below the root count for
  ///     nothing.
  /// - Throws: `ManifestError` for links, pipes and names that are not UTF-8; ``CertificateError`` with code
  ///   `inputOutput` for a file that cannot be read, and `badRecords` for a folder without files.
  /// - Complexity: O(*n*) for *n* bytes, on one core.
  public init(of root: String, leavingOut outputs: [String] = []) throws {
    var ignored = Self.ignoredByModelSigning + [".splitseal"]
    for output in outputs {
      guard let path = WholeFolder.path(of: output, below: root) else { continue }
      if !ignored.contains(where: { $0.hasSameBytes(as: path) }) { ignored.append(path) }
    }
    ignored.sort { $0.precedesByBytes($1) }
    let directory = try DatasetDirectory(root, allowsLinks: false)
    var reader = DatasetReader(directory, takesAnyName: true)
    var resources: [Resource] = []
    var hash = SHA256()
    for path in try WholeFolder.files(of: root, ignoring: ignored) {
      try Task.checkCancellation()
      let bytes: [UInt8]
      do throws(DatasetFileFault) {
        bytes = try reader.open(path).sha256()
      } catch {
        throw CertificateError(.inputOutput, "\(error)", file: "\(root)/\(path)")
      }
      hash.update(data: bytes)
      resources.append(Resource(name: path, sha256: Digest256(bytes)))
    }
    guard !resources.isEmpty else {
      throw CertificateError(.badRecords, "the folder has no files to sign", file: root)
    }
    name = root.split(separator: "/").last.map(String.init) ?? "dataset"
    self.resources = resources
    ignoredPaths = ignored
    rootDigest = Digest256(hash.finalize())
  }
}
