internal import GRDB

/// The tables of the store.
///
/// A fingerprint is found by its file's content; a file, below its root, leads to the fingerprint of what it held when it
/// had that stamp; results of searches are found by a digest of all they rest on.
enum StoreSchema {
  /// Marks the file as ours: "SSFP".
  static let applicationID = 0x5353_4650
  /// Changes whenever the tables do.
  static let version = 1

  /// Whether a database is empty, ours, ours and not as we make it, or somebody else's.
  enum Owner {
    case nobody, us, damaged, others
  }

  static func owner(_ database: Database) throws -> Owner {
    let application = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
    let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    // A trigger or a view would run with every query, and a file may come from strangers: nothing but our tables will do.
    let statements = try String.fetchAll(
      database, sql: "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL LIMIT ?", arguments: [tables.count + 1])
    if application == applicationID {
      return version == Self.version && statements.sorted() == tables.sorted() ? .us : .damaged
    }
    return application == 0 && version == 0 && statements.isEmpty ? .nobody : .others
  }

  static func create(_ database: Database) throws {
    for table in tables { try database.execute(sql: table) }
    try database.execute(
      sql: "PRAGMA application_id = \(applicationID); PRAGMA user_version = \(version)")
  }

  /// The statements that make the tables, which SQLite keeps as they are written.
  private static let tables = [
    "CREATE TABLE root (id INTEGER PRIMARY KEY, path BLOB NOT NULL UNIQUE, used INTEGER NOT NULL)",
    """
    CREATE TABLE fingerprint (
      id INTEGER PRIMARY KEY, content BLOB NOT NULL UNIQUE, version TEXT NOT NULL, value BLOB NOT NULL,
      used INTEGER NOT NULL)
    """,
    """
    CREATE TABLE file (
      root INTEGER NOT NULL, path BLOB NOT NULL, stamp BLOB NOT NULL, fingerprint INTEGER NOT NULL,
      PRIMARY KEY (root, path)) WITHOUT ROWID
    """,
    "CREATE TABLE result (key BLOB PRIMARY KEY, value BLOB NOT NULL, used INTEGER NOT NULL)",
  ]
}
