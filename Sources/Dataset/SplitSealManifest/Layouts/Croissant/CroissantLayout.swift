/// A Croissant file, which names its files, splits and labels.
struct CroissantLayout: ManifestLayout {
  let name = "croissant"
  let title = "Croissant"
  let wireCode: UInt8 = 5
  let fileExtensions = ["json"]
  let requirement = "`.json` that starts with an object"
  let summary = "a [Croissant](#croissant) file"
  let listsFolders = true

  /// Any JSON object, so that its reader says what is wrong with it.
  func recognises(_ candidate: LayoutCandidate) -> LayoutConfidence? {
    guard fileExtensions.contains(candidate.fileExtension), candidate.startsWithObject else { return nil }
    return candidate.mentions(#""@context""#) ? .certain : .possible
  }

  func read(
    _ source: ManifestSource, options: ManifestOptions, root: String, into builder: inout ManifestBuilder
  ) throws(ManifestError) -> ManifestInput {
    try CroissantReader.read(
      try ManifestText(of: source), of: source, options: options, root: root, into: &builder)
  }

  let editing = LayoutEditing.impossible(hint: "give the table or the folder that it describes instead")
}

extension ManifestInput.Format {
  /// A Croissant file, which names its files, splits and labels.
  public static let croissant = ManifestInput.Format(CroissantLayout())
}
