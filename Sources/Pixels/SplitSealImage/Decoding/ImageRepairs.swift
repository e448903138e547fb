/// What was wrong with a file whose picture is whole all the same.
///
/// Other programs may refuse such a file, or stop a training run at it: reports name it.
public struct ImageRepairs: OptionSet, Hashable, Sendable {
  /// A part of a PNG that changes no pixel, as a text or a time, has a wrong check sum.
  public static let checkSum = ImageRepairs(rawValue: 1)
  /// A PNG ends behind its pixels, without the chunk that should end it.
  public static let end = ImageRepairs(rawValue: 2)
  /// All that there are.
  package static let all: ImageRepairs = [.checkSum, .end]

  /// One bit for each kind of damage, as fingerprints are coded with.
  public let rawValue: UInt8

  /// Takes bits for what they stand for.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// What was wrong, for people; empty for nothing.
  public var reasons: [String] {
    [
      contains(.checkSum) ? "wrong check sum of a chunk beside the pixels" : nil,
      contains(.end) ? "no IEND chunk at the end" : nil,
    ].compactMap(\.self)
  }
}
