/// A simple property of images by which splits and classes are compared.
///
/// Raw values stand in evidence and in the identity of findings: they are for ever.
enum ImageProperty: String, CaseIterable {
  case size
  case aspect
  case format
  case brightness
  case contrast
  case sharpness
  case colourfulness
  case jpegQuality
  case jpegTables
  case subsampling
  case progressive
  case camera

  /// What a person calls it.
  var noun: String {
    switch self {
    case .size, .format, .brightness, .contrast, .sharpness, .colourfulness, .camera: rawValue
    case .aspect: "aspect ratio"
    case .jpegQuality: "JPEG quality"
    case .jpegTables: "JPEG quantisation"
    case .subsampling: "JPEG chroma subsampling"
    case .progressive: "JPEG coding"
    }
  }

  /// What stands behind a number of it; empty where the number says enough.
  var unit: String { self == .size ? " megapixels" : "" }

  /// Digits after the point with which its numbers are shown.
  var digits: Int {
    switch self {
    case .size, .aspect: 2
    default: 1
    }
  }
}
