internal import Synchronization

/// The camera that took a picture, by its name.
///
/// 4 bytes: each name is kept once for as long as the process runs, so that a million pictures of five cameras hold five
/// names. Two cameras are equal when their names are; numbers behind the names differ from run to run and are never
/// shown.
public struct Camera: Hashable, Sendable, CustomStringConvertible {
  /// Most bytes of a name, as EXIF is read.
  public static let longestName = 64

  private static let names = Mutex(NameStore())

  /// The place of the name, from 1 on, so that 0 is free for none.
  let place: UInt32

  /// Keeps a name.
  ///
  /// - Parameter name: Make and model, 1...64 bytes; `nil` comes of others.
  public init?(_ name: String) {
    guard !name.isEmpty, name.utf8.count <= Self.longestName else { return nil }
    guard let place = Self.names.withLock({ $0.place(of: name) }) else { return nil }
    self.place = place
  }

  init?(place: UInt32) {
    guard place > 0 else { return nil }
    self.place = place
  }

  /// Make and model.
  public var description: String { Self.names.withLock { $0.names[Int(place) - 1] } }
}

/// The names seen so far.
private struct NameStore {
  var names: [String] = []
  /// By bytes: strings that are canonically equivalent are two names.
  private var places: [[UInt8]: UInt32] = [:]

  mutating func place(of name: String) -> UInt32? {
    let key = Array(name.utf8)
    if let place = places[key] { return place }
    guard let place = UInt32(exactly: names.count + 1) else { return nil }
    names.append(name)
    places[key] = place
    return place
  }
}
