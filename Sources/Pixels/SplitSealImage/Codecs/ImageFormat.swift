/// What kind of file an image is, told from its first bytes and never from its name.
public enum ImageFormat: String, Hashable, Sendable, CaseIterable {
  case jpeg
  case png
  case webp
  case gif
  case tiff
  case bmp
  case heic
  case avif
}
