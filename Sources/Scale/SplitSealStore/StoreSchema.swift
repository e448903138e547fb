internal import GRDB

/// The tables of the store.
///
/// A fingerprint is found by its file's content; a file, below its root, leads to the fingerprint of what it held when it
/// had that stamp; results of searches are found by a digest of all they rest on. Fingerprints and roots belong to one
/// version of what computes fingerprints, so that programs that share a store do not replace each other's.
enum StoreSchema {
  /// Marks the file as ours: "SSFP".
  static let applicationID = 0x5353_4650
  /// Changes whenever the tables do.
  ///
  /// A store of another version is left alone: see ``StoreFile``.
  static let version = 2
  /// Days after which a version that nobody used is forgotten once there is a new one.
  private static let keptDays = 90

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
    if application == applicationID, version == Self.version {
      return statements.sorted() == tables.sorted() ? .us : .damaged
    }
    return application == 0 && version == 0 && statements.isEmpty ? .nobody : .others
  }

  static func create(_ database: Database) throws {
    for table in tables { try database.execute(sql: table) }
    try database.execute(
      sql: "PRAGMA application_id = \(applicationID); PRAGMA user_version = \(version)")
  }

  /// The number that stands for a version of fingerprints in this store; `today` is in days since 1970.
  static func number(ofVersion name: String, today: Int, in database: Database) throws -> Int64 {
    if let number = try Int64.fetchOne(database, sql: "SELECT id FROM version WHERE name = ?", arguments: [name]) {
      try database.execute(
        sql: "UPDATE version SET used = :today WHERE id = :id AND used <> :today",
        arguments: ["today": today, "id": number])
      return number
    }
    // Without this a store would grow with every update. The rows of `version` stay, so that no number is given twice
    // while a program still uses it.
    try database.execute(
      sql: """
        DELETE FROM file WHERE root IN (
          SELECT root.id FROM root JOIN version ON version.id = root.version WHERE version.used < :oldest);
        DELETE FROM root WHERE version IN (SELECT id FROM version WHERE used < :oldest);
        DELETE FROM fingerprint WHERE version IN (SELECT id FROM version WHERE used < :oldest);
        """, arguments: ["oldest": today - keptDays])
    try database.execute(sql: "INSERT INTO version (name, used) VALUES (?, ?)", arguments: [name, today])
    return database.lastInsertedRowID
  }

  /// The statements that make the tables, which SQLite keeps as they are written.
  private static let tables = [
    "CREATE TABLE version (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, used INTEGER NOT NULL)",
    """
    CREATE TABLE root (
      id INTEGER PRIMARY KEY, path BLOB NOT NULL, version INTEGER NOT NULL, used INTEGER NOT NULL,
      UNIQUE (path, version))
    """,
    """
    CREATE TABLE fingerprint (
      id INTEGER PRIMARY KEY, content BLOB NOT NULL, version INTEGER NOT NULL, value BLOB NOT NULL,
      used INTEGER NOT NULL, UNIQUE (content, version))
    """,
    """
    CREATE TABLE file (
      root INTEGER NOT NULL, path BLOB NOT NULL, stamp BLOB NOT NULL, fingerprint INTEGER NOT NULL,
      PRIMARY KEY (root, path)) WITHOUT ROWID
    """,
    "CREATE TABLE result (key BLOB PRIMARY KEY, value BLOB NOT NULL, used INTEGER NOT NULL)",
  ]
}
