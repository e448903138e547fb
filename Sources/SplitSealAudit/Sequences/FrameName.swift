/// A path as the place of a frame in a sequence: the last number of the file's name, and everything else.
///
/// `train/walk/frame_0012.jpg` in the split `train` is frame 12 of `walk/frame_#.jpg`.
struct FrameName {
  /// The path with `#` for the number, and without the folders that are named like the sample's split.
  let sequence: [UInt8]
  /// The number.
  let number: Int64

  /// Digits of the longest number; a longer one is no number of a frame.
  private static let maximumDigitCount = 15

  /// Reads a path; `nil` when the file's name has no number.
  ///
  /// - Parameters:
  ///   - path: The sample's path.
  ///   - split: Name of its split.
  init?(_ path: String, split: String) {
    var path = path
    let parts = path.withUTF8 { unsafe Self.parts(of: UnsafeRawBufferPointer($0), split: split) }
    guard let parts else { return nil }
    (sequence, number) = parts
  }

  private static func parts(of bytes: UnsafeRawBufferPointer, split: String) -> ([UInt8], Int64)? {
    let slash = unsafe bytes.lastIndex(of: UInt8(ascii: "/"))
    let nameStart = slash.map { $0 + 1 } ?? 0
    let dot = unsafe bytes[nameStart...].lastIndex(of: UInt8(ascii: ".")) ?? bytes.count
    let stemEnd = dot > nameStart ? dot : bytes.count
    guard let last = unsafe bytes[nameStart..<stemEnd].lastIndex(where: isDigit) else { return nil }
    var first = last
    while first > nameStart, unsafe isDigit(bytes[first - 1]) { first -= 1 }
    guard last - first < maximumDigitCount else { return nil }
    var number: Int64 = 0
    for index in first...last { number = unsafe number * 10 + Int64(bytes[index] - UInt8(ascii: "0")) }

    var sequence: [UInt8] = []
    sequence.reserveCapacity(bytes.count)
    var start = 0
    while start < nameStart {
      let end = unsafe bytes[start...].firstIndex(of: UInt8(ascii: "/")) ?? nameStart
      if unsafe !bytes[start..<end].elementsEqual(split.utf8) { unsafe sequence += bytes[start...end] }
      start = end + 1
    }
    unsafe sequence += bytes[nameStart..<first]
    sequence.append(UInt8(ascii: "#"))
    unsafe sequence += bytes[(last + 1)...]
    return (sequence, number)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
