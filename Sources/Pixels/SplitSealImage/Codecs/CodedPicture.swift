/// What of a file decides its pixels: two files for which it is equal, byte by byte, hold the same pixels.
public struct CodedPicture {
  /// What is needed to decode the picture, without what applications and people wrote beside it.
  public let header: [UInt8]
  /// The coded picture, to the end of the file.
  public let body: ArraySlice<UInt8>
}
