internal import SplitSealBase

extension MatchOptions {
  /// All that changes a result, as bytes: what a cache keys results by.
  ///
  /// The number of workers changes how long a search takes and nothing else.
  package var coded: [UInt8] {
    var writer = ByteWriter()
    switch method {
    case .alignment: writer.append(UInt8(0))
    case .pdq: writer.append(UInt8(1))
    }
    for threshold in [reportingThreshold, listingThreshold, doubtThreshold, descriptorThreshold] {
      writer.append(threshold.bitPattern)
    }
    for flag in [comparesPixels, searchesWithinSplits] { writer.append(UInt8(flag ? 1 : 0)) }
    for number in [minimumQuality, listedPerSample] { writer.append(UInt64(number)) }
    return writer.bytes
  }
}
