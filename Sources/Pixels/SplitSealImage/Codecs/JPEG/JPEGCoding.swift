/// What of a JPEG file decides its pixels.
public struct JPEGCoding {
  /// Tables and frame, without what applications and people wrote beside them.
  public let header: [UInt8]
  /// From the first scan to the end of the file.
  public let scans: ArraySlice<UInt8>

  /// Takes a JPEG file apart.
  public init(_ bytes: [UInt8]) {
    let markers = JPEGMarkers(bytes)
    header = markers.decisive.flatMap { bytes[$0] }
    scans = bytes[markers.scanStart...]
  }
}
