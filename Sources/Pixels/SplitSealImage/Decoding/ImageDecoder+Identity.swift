extension ImageDecoder {
  /// Name and version of what decides the pixels, for certificates.
  ///
  /// Changes whenever the same file could give others.
  public static let identity = "splitseal/1"

  /// The versions of the codecs' libraries on this machine: `libjpeg-turbo 2.1.5 (6b, 1991-2023), libpng 1.6.39`.
  ///
  /// Pixels of some files may differ between them, though seldom by more than a level.
  public static let libraries = ImageCodecs.all.map(\.libraryVersion).joined(separator: ", ")
}
