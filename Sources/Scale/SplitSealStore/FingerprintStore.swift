public import SplitSealBase
internal import GRDB
public import SplitSealFingerprint
internal import SplitSealImage
internal import SplitSealManifest
internal import Synchronization

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// What was computed before: fingerprints by content and by file, and results of searches.
///
/// A cache: nothing in it is lost when it is deleted. What goes wrong is a warning, never an error: the store then
/// finds and keeps nothing more. One connection to SQLite serves all workers; several processes may share the file.
public final class FingerprintStore: Sendable {
  /// A file as it was, and what it held.
  public struct Remembered: Sendable {
    /// Tells whether the file is still the same.
    public let stamp: FileStamp
    /// The fingerprint of its bytes.
    public let fingerprint: Fingerprint
  }

  /// A fingerprint that waits to be written.
  struct Entry: Sendable {
    let fingerprint: Fingerprint
    /// The path below the root and the stamp; `nil` where the file may change without another stamp.
    let file: (path: String, stamp: FileStamp)?
  }

  private struct State {
    var waiting: [Entry] = []
    var lastWrite = ContinuousClock.now
    var isBroken = false

    mutating func takeWaiting() -> [Entry] {
      defer {
        waiting = []
        lastWrite = .now
      }
      return waiting
    }
  }

  /// The file.
  public let path: String
  let queue: DatabaseQueue
  /// Kept as long as the connection.
  private let budget: StepBudget
  /// What the store calls the version of fingerprints that are written and found.
  let version: Int64
  private let warn: @Sendable (String) -> Void
  private let state = Mutex(State())
  /// A part of each content's XXH3 that is remembered; `nil` until somebody asks.
  private let contents = Mutex<Set<UInt64>?>(nil)

  init(
    queue: DatabaseQueue, budget: StepBudget, path: String, version: Int64, warn: @escaping @Sendable (String) -> Void
  ) {
    self.queue = queue
    self.budget = budget
    self.path = path
    self.version = version
    self.warn = warn
  }

  /// What is remembered of the files below a root, by the bytes of their paths.
  ///
  /// Not by `String`, which takes precomposed and decomposed letters for the same: these are two files.
  ///
  /// - Parameter root: Real path of the root.
  /// - Returns: Each file with its stamp and fingerprint.
  /// - Complexity: O(*n*) for *n* files that are remembered there.
  public func files(below root: String) -> [[UInt8]: Remembered] {
    attempt([:]) { database in
      guard
        let id = try Int64.fetchOne(
          database, sql: "SELECT id FROM root WHERE path = ? AND version = ?", arguments: [Data(root.utf8), version])
      else { return [:] }
      try database.execute(sql: "UPDATE root SET used = ? WHERE id = ?", arguments: [Self.today, id])
      var files: [[UInt8]: Remembered] = [:]
      let mostRows = try Self.mostRows(database)
      var rowCount = 0
      var arena = DescriptorArena()
      let rows = try Row.fetchCursor(
        database,
        sql: """
          SELECT file.path, file.stamp, fingerprint.value FROM file JOIN fingerprint ON fingerprint.id = file.fingerprint
          WHERE file.root = ? AND fingerprint.version = ? AND typeof(fingerprint.value) = 'blob' AND length(fingerprint.value) <= ?
          """, arguments: [id, version, Self.longestFingerprint])
      while let row = try rows.next() {
        rowCount += 1
        guard rowCount <= mostRows else { throw Self.damage }
        guard let stamp = FileStamp(coded: bytes(row, 1)),
          let fingerprint = Fingerprint(coded: bytes(row, 2), into: &arena)
        else { continue }
        files[bytes(row, 0)] = Remembered(stamp: stamp, fingerprint: fingerprint)
      }
      return files
    }
  }

  /// The fingerprint of a file of this content; `nil` when it was not remembered when the store was opened.
  public func fingerprint(of content: ContentDigest) -> Fingerprint? {
    guard mayKnow(content) else { return nil }
    let found: Fingerprint? = attempt(nil) { database in
      let row = try Row.fetchOne(
        database.cachedStatement(
          sql:
            "SELECT value FROM fingerprint WHERE content = ? AND version = ? AND typeof(value) = 'blob' AND length(value) <= ?"
        ),
        arguments: [Data(content.key), version, Self.longestFingerprint])
      return row.flatMap { Fingerprint(coded: bytes($0, 0)) }
    }
    // XXH3 is the key; the bytes are the same only if SHA-256 says so.
    return found.flatMap { $0.content == content ? $0 : nil }
  }

  /// Whether a fingerprint of this content may be there, told without SQLite: most files of a first scan are new.
  private func mayKnow(_ content: ContentDigest) -> Bool {
    contents.withLock { contents in
      if let contents { return contents.contains(content.xxh3.low) }
      let found: Set<UInt64> = attempt([]) { database in
        var found: Set<UInt64> = []
        let rows = try Row.fetchCursor(
          database, sql: "SELECT content FROM fingerprint WHERE version = ?", arguments: [version])
        let mostRows = try Self.mostRows(database)
        var rowCount = 0
        while let row = try rows.next() {
          rowCount += 1
          guard rowCount <= mostRows else { throw Self.damage }
          var reader = ByteReader(bytes(row, 0))
          if reader.number(UInt64.self) != nil, let low = reader.number(UInt64.self) { found.insert(low) }
        }
        return found
      }
      contents = found
      return found.contains(content.xxh3.low)
    }
  }

  /// Remembers a fingerprint, from any task.
  ///
  /// It is written within a second or so, with others, behind the back of the workers.
  ///
  /// - Parameters:
  ///   - fingerprint: What was computed.
  ///   - path: The file's path below the root.
  ///   - stamp: The file's stamp when it was read.
  ///   - root: Real path of the root.
  public func remember(_ fingerprint: Fingerprint, path: String, stamp: FileStamp, root: String) {
    let entry = Entry(fingerprint: fingerprint, file: Self.mayChangeUnseen(stamp) ? nil : (path, stamp))
    let batch = state.withLock { state -> [Entry] in
      guard !state.isBroken else { return [] }
      state.waiting.append(entry)
      guard state.waiting.count >= Self.batchLength || ContinuousClock.now - state.lastWrite > .seconds(1) else {
        return []
      }
      return state.takeWaiting()
    }
    guard !batch.isEmpty else { return }
    queue.asyncWrite { [version, budget] in
      budget.renew()
      try Self.write(batch, root: root, version: version, to: $0)
    } completion: { _, result in
      if case .failure(let error) = result { self.giveUp(error) }
    }
  }

  /// Writes what still waits, and returns when it is written.
  public func finish(root: String) {
    let batch = state.withLock { $0.isBroken ? [] : $0.takeWaiting() }
    guard !batch.isEmpty else { return attempt(()) { _ in } }
    attempt(()) { try Self.write(batch, root: root, version: version, to: $0) }
  }

  private static let batchLength = 4096
  /// Bytes that the shortest row takes at least.
  private static let shortestRow = 40

  /// Rows that a file of this size can hold: in a damaged one the same row may come for ever.
  private static func mostRows(_ database: Database) throws -> Int {
    try byteCount(of: database) / shortestRow
  }

  /// Bytes of the database, those included that only its journal holds.
  static func byteCount(of database: Database) throws -> Int {
    try Int.fetchOne(database, sql: "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size") ?? 0
  }

  private static var damage: DatabaseError { DatabaseError(resultCode: .SQLITE_CORRUPT) }
  /// Bytes of a coded fingerprint, and more: what is longer is none, and is not loaded.
  private static let longestFingerprint = 4096

  /// Whether the file may have changed within the tick of the clock that its stamp is from.
  ///
  /// - Source: Git, Documentation/technical/racy-git.txt.
  private static func mayChangeUnseen(_ stamp: FileStamp) -> Bool {
    // A stamp holds nanoseconds up to the year 2262; a clock may say anything.
    let now = Int64(min(max(Date().timeIntervalSince1970, 0), 9e9) * 1e9)
    return max(stamp.modified, stamp.changed) > now - 2_000_000_000
  }

  /// Days since 1970: what is kept of when something was used.
  static var today: Int { Int(Date().timeIntervalSince1970) / 86_400 }

  private static func write(_ batch: [Entry], root: String, version: Int64, to database: Database) throws {
    let id = try Int64.fetchOne(
      database,
      sql: """
        INSERT INTO root (path, version, used) VALUES (?, ?, ?)
        ON CONFLICT (path, version) DO UPDATE SET used = excluded.used RETURNING id
        """,
      arguments: [Data(root.utf8), version, today])
    let insertion = try database.cachedStatement(
      sql: """
        INSERT INTO fingerprint (content, version, value, used) VALUES (?, ?, ?, ?)
        ON CONFLICT (content, version) DO UPDATE SET value = excluded.value, used = excluded.used
        RETURNING id
        """)
    let file = try database.cachedStatement(
      sql: "INSERT OR REPLACE INTO file (root, path, stamp, fingerprint) VALUES (?, ?, ?, ?)")
    for entry in batch {
      let fingerprint = try Int64.fetchOne(
        insertion,
        arguments: [Data(entry.fingerprint.content.key), version, Data(entry.fingerprint.coded), today])
      guard let known = entry.file else { continue }
      try file.execute(arguments: [id, Data(known.path.utf8), Data(known.stamp.coded), fingerprint])
    }
  }

  /// Runs a transaction; on failure warns, gives the store up and returns the fallback.
  func attempt<Value>(_ fallback: Value, _ body: (Database) throws -> Value) -> Value {
    guard !state.withLock({ $0.isBroken }) else { return fallback }
    do {
      return try queue.write { database in
        budget.renew()
        return try body(database)
      }
    } catch {
      giveUp(error)
      return fallback
    }
  }

  /// Runs what SQLite wants outside transactions.
  func attemptOutsideTransaction(_ body: (Database) throws -> Void) {
    guard !state.withLock({ $0.isBroken }) else { return }
    do {
      try queue.writeWithoutTransaction { database in
        budget.renew()
        try body(database)
      }
    } catch {
      giveUp(error)
    }
  }

  private func giveUp(_ error: any Error) {
    let isFirst = state.withLock { state in
      defer {
        state.isBroken = true
        state.waiting = []
      }
      return !state.isBroken
    }
    guard isFirst else { return }
    let remedy = Self.isDamage(error) ? "; delete it" : ""
    warn("the cache \(path) cannot be used any more (\(Self.reason(error))): going on without it\(remedy)")
  }

  private func bytes(_ row: Row, _ column: Int) -> [UInt8] {
    (try? row.withUnsafeData(atIndex: column) { $0.map { Array($0) } }) ?? []
  }
}
