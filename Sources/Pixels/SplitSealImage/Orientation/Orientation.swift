/// One of the eight ways to lay a rectangle on itself: the dihedral group of order 8.
///
/// Raw values are those of the EXIF `Orientation` tag and say what to do with the stored picture to get the picture
/// that is meant.
/// - Source: EXIF 2.32, tag 0x0112; the pictures in TIFF 6.0, "Orientation".
public enum Orientation: UInt8, Hashable, Sendable, CaseIterable, Comparable {
  /// As stored.
  case identity = 1
  /// Mirrored left to right.
  case mirror = 2
  /// Turned by 180 degrees.
  case turn180 = 3
  /// Mirrored top to bottom.
  case flip = 4
  /// Mirrored along the main diagonal: rows become columns.
  case transpose = 5
  /// Turned by 90 degrees clockwise.
  case turn90 = 6
  /// Mirrored along the other diagonal.
  case transverse = 7
  /// Turned by 270 degrees clockwise.
  case turn270 = 8

  /// The order of the EXIF values.
  public static func < (a: Orientation, b: Orientation) -> Bool { a.rawValue < b.rawValue }

  /// Whether width and height change places.
  public var swapsAxes: Bool { rawValue >= 5 }

  /// A stable name for reports: `identity`, `mirror`, `turn180`, `flip`, `transpose`, `turn90`, `transverse`, `turn270`.
  public var name: String { "\(self)" }
}
