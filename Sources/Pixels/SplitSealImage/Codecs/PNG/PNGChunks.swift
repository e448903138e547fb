/// Finds the data of the first `eXIf` chunk of a PNG file; `nil` where there is none.
///
/// The chunk may stand before or after the pixels. Check sums are left to the codec, which has them all.
/// - Complexity: O(number of chunks).
/// - Source: PNG 3rd edition, sections 5.3 and 11.3.4.5.
func exifChunk(ofPNG bytes: [UInt8]) -> Range<Int>? {
  let signatureLength = 8
  let overhead = 12  // Length, type and check sum.
  var position = signatureLength
  while position <= bytes.count - overhead {
    let length = bytes[position..<position + 4].reduce(0) { $0 << 8 | Int($1) }
    guard length <= bytes.count - overhead - position else { return nil }
    if bytes[position + 4..<position + 8].elementsEqual("eXIf".utf8) { return position + 8..<position + 8 + length }
    position += overhead + length
  }
  return nil
}
