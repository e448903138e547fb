internal import GRDB

/// What a store holds.
public struct StoreSummary: Hashable, Sendable {
  /// Size of the file with its side files, in bytes.
  public let byteCount: Int
  /// Datasets whose files are remembered by this program's version.
  public let rootCount: Int
  /// Files that are remembered by this program's version.
  public let fileCount: Int
  /// Fingerprints of this program's versions.
  public let fingerprintCount: Int
  /// Fingerprints of other versions, which are not found.
  public let staleCount: Int
  /// Results of searches.
  public let resultCount: Int
}

extension FingerprintStore {
  /// Counts what the store holds; `nil` when it cannot be read.
  public func summary() -> StoreSummary? {
    attempt(nil) { database in
      // Row by row: SQLite counts a whole table in one step, which no budget can end.
      func count(_ rows: String, _ arguments: StatementArguments = []) throws -> Int {
        try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM (SELECT 1 FROM \(rows) LIMIT -1)", arguments: arguments)
          ?? 0
      }
      return StoreSummary(
        byteCount: try Self.byteCount(of: database), rootCount: try count("root WHERE version = ?", [version]),
        fileCount: try count("file WHERE root IN (SELECT id FROM root WHERE version = ?)", [version]),
        fingerprintCount: try count("fingerprint WHERE version = ?", [version]),
        staleCount: try count("fingerprint WHERE version <> ?", [version]), resultCount: try count("result"))
    }
  }

  /// Forgets what other versions remembered, and what was not used for some days.
  ///
  /// - Parameter days: Datasets, fingerprints and results that were used within so many days stay; 0 forgets all.
  public func prune(unusedForDays days: Int) {
    let oldest = Self.today - days
    attempt(()) { database in
      // "Used today" is not longer ago than 0 days: everything goes.
      let isBefore = days == 0 ? "<=" : "<"
      try database.execute(
        sql: """
          DELETE FROM root WHERE used \(isBefore) :oldest OR version <> :version;
          DELETE FROM fingerprint WHERE version <> :version;
          DELETE FROM file WHERE root NOT IN (SELECT id FROM root)
            OR fingerprint NOT IN (SELECT id FROM fingerprint);
          DELETE FROM fingerprint WHERE used \(isBefore) :oldest
            AND id NOT IN (SELECT fingerprint FROM file);
          DELETE FROM result WHERE used / 86400 \(isBefore) :oldest;
          """, arguments: ["oldest": oldest, "version": version])
    }
    attemptOutsideTransaction { try $0.execute(sql: "VACUUM; PRAGMA wal_checkpoint(TRUNCATE)") }
  }
}
