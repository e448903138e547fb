internal import SplitSealFingerprint
internal import SplitSealImage

/// The properties that a line gives its images: numbers of one value or spread evenly, `brightness=80..120`.
struct RowProperties {
  private var numbers: [String: ClosedRange<Double>] = [:]
  private(set) var format = ImageFormat.png
  private(set) var width = 640
  private(set) var height = 480
  private var jpeg: JPEGProperties?
  private var camera: Camera?

  /// Takes an option; false where it is none of properties.
  mutating func take(_ name: Substring, _ value: Substring) -> Bool {
    switch name {
    case "brightness", "contrast", "sharpness", "colour", "time":
      let parts = value.split(separator: "..", omittingEmptySubsequences: false)
      let bounds = parts.compactMap { Double($0) }
      guard let low = bounds.first, let high = bounds.last, bounds.count == parts.count, low <= high else {
        return false
      }
      numbers[String(name)] = low...high
    case "size":
      let sides = value.split(separator: "x").compactMap { Int($0) }
      guard sides.count == 2 else { return false }
      (width, height) = (sides[0], sides[1])
    case "jpeg":
      // jpeg=90, jpeg=90:4:4:4
      let parts = value.split(separator: ":", maxSplits: 1)
      guard let quality = Int(parts[0]),
        let subsampling = parts.count == 2 ? ChromaSubsampling(rawValue: String(parts[1])) : .halfBoth
      else { return false }
      format = .jpeg
      jpeg = JPEGProperties(
        quality: quality, tablesDigest: UInt32(quality), subsampling: subsampling, isProgressive: false)
    case "camera": camera = Camera(value.split(separator: "_").joined(separator: " "))
    default: return false
    }
    return true
  }

  /// The properties of one of the line's images, counted from 0.
  func properties(of index: Int, count: Int) -> ImageProperties {
    func number(_ name: String, or value: Double) -> Double {
      guard let range = numbers[name] else { return value }
      let share = count > 1 ? Double(index) / Double(count - 1) : 0
      return range.lowerBound + share * (range.upperBound - range.lowerBound)
    }
    return ImageProperties(
      brightness: number("brightness", or: 120), contrast: number("contrast", or: 50),
      sharpness: number("sharpness", or: 300), colourfulness: number("colour", or: 30), jpeg: jpeg, camera: camera,
      captureTime: numbers["time"].map { _ in Int64(number("time", or: 0)) })
  }
}
