extension ImageDecoder {
  /// Name and version of what decides the pixels, for certificates.
  ///
  /// Changes whenever the same file could give others.
  public static let identity = "splitseal/1"
}
