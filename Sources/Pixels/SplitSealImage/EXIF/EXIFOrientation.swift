/// Reads the Orientation tag out of a TIFF header as EXIF embeds it.
///
/// Strict: a tag of another type, of more than one value, outside 1...8, or behind an offset that leaves the bytes is no
/// orientation. Nothing is followed but the one offset to the first directory, so hostile bytes cost at most 65,535
/// entries.
/// - Parameter bytes: A TIFF header and what follows it: the APP1 payload of a JPEG after `Exif\0\0`, or the data of a
///   PNG's `eXIf` chunk.
/// - Returns: The orientation; `.identity` where there is none or it is odd.
/// - Source: EXIF 2.32 section 4.5 and 4.6.4, tag 0x0112; TIFF 6.0 section 2.
func orientation(ofEXIF bytes: ArraySlice<UInt8>) -> Orientation {
  guard let header = TIFFHeader(bytes), let directory = header.directory(at: header.firstDirectory),
    let entry = directory.first(where: { $0.tag == .orientation }), let value = header.short(of: entry)
  else { return .identity }
  return UInt8(exactly: value).flatMap(Orientation.init(rawValue:)) ?? .identity
}
