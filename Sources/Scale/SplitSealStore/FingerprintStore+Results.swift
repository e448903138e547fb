public import SplitSealBase
internal import GRDB

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

extension FingerprintStore {
  /// Results that are kept, those used last.
  private static let resultLimit = 64

  /// The result that was remembered under a key; `nil` when there is none.
  public func result(of key: Digest256) -> [UInt8]? {
    attempt(nil) { database in
      let found = try Data.fetchOne(
        database, sql: "UPDATE result SET used = ? WHERE key = ? RETURNING value",
        arguments: [Self.now, Data(key.bytes)])
      return found.map { Array($0) }
    }
  }

  /// Remembers a result.
  ///
  /// - Parameters:
  ///   - result: Its bytes.
  ///   - key: A digest of all it rests on.
  public func remember(result: [UInt8], of key: Digest256) {
    attempt(()) { database in
      try database.execute(
        sql: "INSERT OR REPLACE INTO result (key, value, used) VALUES (?, ?, ?)",
        arguments: [Data(key.bytes), Data(result), Self.now])
      try database.execute(
        sql: "DELETE FROM result WHERE key NOT IN (SELECT key FROM result ORDER BY used DESC LIMIT ?)",
        arguments: [Self.resultLimit])
    }
  }

  private static var now: Int { Int(Date().timeIntervalSince1970) }
}
