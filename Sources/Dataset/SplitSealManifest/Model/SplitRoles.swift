/// Roles of splits by the bytes of their names.
///
/// A dictionary with `String` keys would take precomposed and decomposed letters for the same name.
public struct SplitRoles: Hashable, Sendable, ExpressibleByDictionaryLiteral {
  private var roles: [[UInt8]: SplitRole] = [:]

  /// Collects roles; of a name that is given twice, the last.
  public init(dictionaryLiteral elements: (String, SplitRole)...) {
    for (name, role) in elements { self[name] = role }
  }

  /// The role of a split; `nil` where none is given.
  public subscript(name: String) -> SplitRole? {
    get { roles[Array(name.utf8)] }
    set { roles[Array(name.utf8)] = newValue }
  }

  /// The names that have a role, in the order of their bytes.
  public var names: [String] {
    roles.keys.sorted { $0.lexicographicallyPrecedes($1) }.map { String(decoding: $0, as: UTF8.self) }
  }
}
