/// Folders that are called like splits, with folders in them that are called like labels, or with images.
struct FolderLayout: ManifestLayout {
  let name = "folder"
  let title = "SPLIT/LABEL/image or SPLIT/image"
  let wireCode: UInt8 = 4
  let fileExtensions: [String] = []
  let takesFolders = true
  let requirement = "a folder"
  let summary = "`SPLIT/LABEL/image` or `SPLIT/image`"

  /// Any folder: what makes it another layout's is for that to say.
  func recognises(_ candidate: LayoutCandidate) -> LayoutConfidence? { candidate.isFolder ? .possible : nil }

  func read(
    _ source: ManifestSource, options: ManifestOptions, root: String, into builder: inout ManifestBuilder
  ) throws(ManifestError) -> ManifestInput {
    try FolderReader.read(source, options: options, root: root, into: &builder)
  }

  let editing = LayoutEditing.asNewTable
}

extension ManifestInput.Format {
  /// Folders `SPLIT/LABEL/image` or `SPLIT/image`.
  public static let folder = ManifestInput.Format(FolderLayout())
}
