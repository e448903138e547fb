internal import GRDB

/// What a store holds.
public struct StoreSummary: Hashable, Sendable {
  /// Size of the file with its side files, in bytes.
  public let byteCount: Int
  /// Datasets whose files are remembered.
  public let rootCount: Int
  /// Files that are remembered.
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
      func count(_ sql: String, _ arguments: StatementArguments = []) throws -> Int {
        try Int.fetchOne(database, sql: sql, arguments: arguments) ?? 0
      }
      return StoreSummary(
        byteCount: try count("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"),
        rootCount: try count("SELECT COUNT(*) FROM root"), fileCount: try count("SELECT COUNT(*) FROM file"),
        fingerprintCount: try count("SELECT COUNT(*) FROM fingerprint WHERE version = ?", [version]),
        staleCount: try count("SELECT COUNT(*) FROM fingerprint WHERE version <> ?", [version]),
        resultCount: try count("SELECT COUNT(*) FROM result"))
    }
  }

  /// Forgets fingerprints of other versions, and what was not used for some days.
  ///
  /// - Parameter days: Datasets, fingerprints and results that were used within so many days stay; 0 forgets all.
  public func prune(unusedForDays days: Int) {
    let oldest = Self.today - days
    attempt(()) { database in
      // "Used today" is not longer ago than 0 days: everything goes.
      let isBefore = days == 0 ? "<=" : "<"
      try database.execute(
        sql: """
          DELETE FROM root WHERE used \(isBefore) :oldest;
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
