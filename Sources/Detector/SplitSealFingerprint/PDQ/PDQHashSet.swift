public import SplitSealImage

/// The hashes of one picture in all eight orientations, from one DCT.
///
/// Mirroring a picture flips the sign of every other DCT coefficient, and transposing it transposes the block. The
/// transposed hashes are the others with their bits transposed (the median does not change), so four are kept: 128
/// bytes.
/// - Source: ThreatExchange `pdq/cpp/hashing/pdqhashing.cpp`, the sign tables above `dct16OriginalToRotate90`.
public struct PDQOrientations: Hashable, Sendable {
  /// The hash of the picture as it is.
  public let identity: PDQHash
  /// The hash of the picture mirrored left to right (`FlipY` in the reference).
  public let mirror: PDQHash
  /// The hash of the picture turned by 180 degrees.
  public let turn180: PDQHash
  /// The hash of the picture mirrored top to bottom (`FlipX` in the reference).
  public let flip: PDQHash

  /// Assembles the four hashes that are kept.
  public init(identity: PDQHash, mirror: PDQHash, turn180: PDQHash, flip: PDQHash) {
    self.identity = identity
    self.mirror = mirror
    self.turn180 = turn180
    self.flip = flip
  }

  /// The hash of the picture after `orientation` was applied to it.
  public subscript(orientation: Orientation) -> PDQHash {
    switch orientation {
    case .identity: identity
    case .mirror: mirror
    case .turn180: turn180
    case .flip: flip
    case .transpose: identity.transposed
    // Transposing first swaps the roles of rows and columns: a mirror after it is a flip before it.
    case .turn90: flip.transposed
    case .transverse: turn180.transposed
    case .turn270: mirror.transposed
    }
  }
}

/// How PDQ takes its 64 x 64 samples from a picture.
public enum PDQSampling: String, Hashable, Sendable, CaseIterable {
  /// As the reference implementation: the standard's hash, bit for bit.
  case standard
  /// Symmetrically about the picture's centre. See ``TentFilter``.
  case centred
}

/// What PDQ says of one picture.
public struct PDQHashSet: Hashable, Sendable {
  /// The hashes of the standard: its published value is `standard.identity`.
  public let standard: PDQOrientations
  /// The same DCT and bits over samples taken symmetrically.
  public let centred: PDQOrientations
  /// Gradient activity of the standard's samples, 0...100.
  ///
  /// Below 50 the hashes say little.
  public let quality: Int

  /// Assembles a set.
  public init(standard: PDQOrientations, centred: PDQOrientations, quality: Int) {
    self.standard = standard
    self.centred = centred
    self.quality = quality
  }

  /// The hashes of one kind.
  public subscript(sampling: PDQSampling) -> PDQOrientations {
    switch sampling {
    case .standard: standard
    case .centred: centred
    }
  }
}

extension PDQHash {
  /// The hash whose bit 16 *j* + *i* is this hash's bit 16 *i* + *j*.
  var transposed: PDQHash {
    var result = PDQHash()
    for row in 0..<16 {
      let bits = words[row / 4] >> UInt64(16 * (row % 4))
      for column in 0..<16 {
        result.words[column / 4] |= (bits >> UInt64(column) & 1) << UInt64(16 * (column % 4) + row)
      }
    }
    return result
  }
}
