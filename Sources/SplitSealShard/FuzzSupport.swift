/// A shard or pack whose frame is right, of the blocks that some bytes name: what the checksums would keep from a fuzzer.
///
/// - Parameters:
///   - bytes: Of each block its kind (0 header, 1 records, 2 end, 3 pack; anything else begins a segment), the length of
///     its payload (2 bytes, little-endian), and the payload. What is cut off counts as far as it goes.
///   - isPack: Whether a pack's mark begins it.
/// - Returns: The bytes of the file.
package func framedShard(_ bytes: [UInt8], isPack: Bool) -> [UInt8] {
  let kinds: [ShardFormat.Kind] = [.header, .records, .end, .pack]
  var mark = isPack ? PackFormat.mark : ShardFormat.mark
  var file = mark
  var place = 0
  while place + 3 <= bytes.count {
    let (kind, length) = (Int(bytes[place]), Int(bytes[place + 1]) | Int(bytes[place + 2]) << 8)
    let end = min(place + 3 + length, bytes.count)
    if kind < kinds.count {
      file += ShardFormat.block(kinds[kind], Array(bytes[(place + 3)..<end]), after: &mark)
    } else {
      mark = ShardFormat.mark
      file += mark
    }
    place = end
  }
  return file
}
