internal import SplitSealBase
internal import SplitSealFingerprint

/// A shard or pack whose frame is right, of the blocks that some bytes name: what the checksums and the versions of the fingerprints would
/// keep from a fuzzer.
///
/// - Parameters:
///   - bytes: Of each block its kind (0 header, 1 records, 2 end, 3 pack; anything else begins a segment), the length of
///     its payload (2 bytes, little-endian), and the payload. What is cut off counts as far as it goes.
///   - isPack: Whether a pack's mark begins it.
/// - Returns: The bytes of the file.
package func framedShard(_ bytes: [UInt8], isPack: Bool) -> [UInt8] {
  let kinds: [ShardFormat.Kind] = [.header, .records, .end, .pack]
  var mark = isPack ? PackFormat.mark : ShardFormat.mark()
  var file = mark
  var place = 0
  while place + 3 <= bytes.count {
    let (kind, length) = (Int(bytes[place]), Int(bytes[place + 1]) | Int(bytes[place + 2]) << 8)
    let end = min(place + 3 + length, bytes.count)
    if kind < kinds.count {
      let payload = Array(bytes[(place + 3)..<end])
      file += ShardFormat.block(kinds[kind], kind == 0 ? ofThisVersion(payload) : payload, after: &mark)
    } else {
      mark = ShardFormat.mark()
      file += mark
    }
    place = end
  }
  return file
}

/// A header that names this version's fingerprints: the first text of it.
private func ofThisVersion(_ payload: [UInt8]) -> [UInt8] {
  var reader = ByteReader(payload)
  guard let length = reader.number(UInt16.self) else { return payload }
  var writer = ByteWriter()
  writer.append(HashingTerms.currentFingerprints)
  return writer.bytes + payload.dropFirst(2 + Int(length))
}
