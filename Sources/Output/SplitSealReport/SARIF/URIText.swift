/// A path as a URI reference: every byte but letters, digits, `-._~` and the slashes percent-encoded.
///
/// An absolute path becomes a `file:` URI; the first segment of a relative one holds no colon, so that it is not taken for
/// a scheme.
/// - Source: RFC 3986, sections 2.1, 2.3 and 4.2; RFC 8089, section 2.
func uriText(ofPath path: String) -> String {
  let digits = Array("0123456789ABCDEF".utf8)
  var bytes: [UInt8] = []
  for byte in path.utf8 {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"),
      UInt8(ascii: "/"):
      bytes.append(byte)
    default: bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
  }
  return (bytes.first == UInt8(ascii: "/") ? "file://" : "") + String(decoding: bytes, as: UTF8.self)
}
