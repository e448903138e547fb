internal import SplitSealBase
internal import SplitSealFingerprint
internal import SplitSealManifest

extension ContentDigest {
  /// XXH3-128 and the number of bytes.
  var key: [UInt8] {
    var writer = ByteWriter()
    writer.append(xxh3.high)
    writer.append(xxh3.low)
    writer.append(UInt64(byteCount))
    return writer.bytes
  }
}

extension FileStamp {
  var coded: [UInt8] {
    var writer = ByteWriter()
    writer.append(byteCount)
    writer.append(modified)
    writer.append(changed)
    writer.append(number)
    writer.append(device)
    return writer.bytes
  }

  init?(coded bytes: [UInt8]) {
    var reader = ByteReader(bytes)
    guard let byteCount = reader.number(Int64.self), let modified = reader.number(Int64.self),
      let changed = reader.number(Int64.self), let number = reader.number(UInt64.self),
      let device = reader.number(UInt64.self), reader.isAtEnd
    else { return nil }
    self.init(byteCount: byteCount, modified: modified, changed: changed, number: number, device: device)
  }
}
