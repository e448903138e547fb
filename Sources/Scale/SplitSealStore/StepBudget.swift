internal import GRDB
internal import GRDBSQLite
internal import Synchronization

/// Ends what takes more steps than a sound file of that size can: in a damaged one, pages can lead to each other in circles, so
/// that a search for three rows never ends.
final class StepBudget: Sendable {
  /// Instructions of SQLite's machine between two looks at the budget.
  private static let stride = 10_000
  /// Instructions that any transaction may take: less than a second.
  ///
  /// Writing a batch takes a million.
  private static let base = 20_000_000
  /// Further instructions for each byte of the file.
  ///
  /// The shortest row has 40 bytes, and the busiest statement takes a hundred instructions for each row it looks at.
  private static let perByte = 16

  private let limit: Int
  private let spent = Atomic(0)

  /// Makes the budget of each transaction on a file.
  init(byteCount: Int) { limit = Self.base + Self.perByte * max(0, min(byteCount, 1 << 50)) }

  /// Begins a new transaction.
  func renew() { spent.store(0, ordering: .relaxed) }

  /// Watches over a connection, which must not outlive the budget.
  func watch(_ database: Database) {
    unsafe sqlite3_progress_handler(
      database.sqliteConnection, Int32(Self.stride),
      { budget in
        guard let budget = unsafe budget else { return 0 }
        return unsafe Unmanaged<StepBudget>.fromOpaque(budget).takeUnretainedValue().isSpent() ? 1 : 0
      }, Unmanaged.passUnretained(self).toOpaque())
  }

  private func isSpent() -> Bool { spent.add(Self.stride, ordering: .relaxed).newValue > limit }
}
