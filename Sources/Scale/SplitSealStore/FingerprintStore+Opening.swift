internal import GRDB
internal import SplitSealFingerprint

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif
internal import SplitSealSystem

extension FingerprintStore {
  /// Opens the store, and makes it where there is none.
  ///
  /// A store that is damaged is moved aside with its side files, to the same name with `.damaged-N`, and a new one is made.
  /// A file that holds something else, or is a store of another version, is left alone: see ``check(_:)``.
  ///
  /// - Parameters:
  ///   - path: The file. Its folder is made, for its owner alone, if it is not there.
  ///   - version: The versions of all that decides a fingerprint: those of other versions are not found.
  ///   - warn: Called with a sentence for people whenever something is wrong with the store.
  /// - Returns: The store; `nil` where there can be none, after a warning.
  public static func open(
    at path: String, version: String, warn: @escaping @Sendable (String) -> Void
  ) -> FingerprintStore? {
    // Fingerprints and what they are written as.
    let version = "\(version) \(Fingerprint.codingVersion)"
    for attempt in 0..<2 {
      do {
        try check(path)
        let connection = try connect(to: path, version: version)
        return FingerprintStore(
          queue: connection.queue, budget: connection.budget, path: path, version: connection.version, warn: warn)
      } catch let refusal as StoreRefusal {
        warn("\(refusal.message): going on without a cache; \(refusal.hint)")
        return nil
      } catch  where attempt == 0 && isDamage(error) {
        guard let aside = moveAside(path) else {
          warn("the cache \(path) is damaged and cannot be moved aside: going on without it")
          return nil
        }
        warn("the cache \(path) is damaged: it is now \(aside), and a new one is made")
      } catch {
        warn("the cache \(path) cannot be used (\(reason(error))): going on without it")
        return nil
      }
    }
    return nil
  }

  private typealias Connection = (queue: DatabaseQueue, budget: StepBudget, version: Int64)

  /// A database that is marked as a store and has other tables.
  private struct DamagedStore: Error {}

  /// Seconds that a store may be locked by others.
  private static let patience = 10

  /// Opens the database, and tries again where another process is opening it, too: for a lock that is in the way of the
  /// switch to the write-ahead journal SQLite does not wait by itself.
  private static func connect(to path: String, version: String) throws -> Connection {
    let deadline = ContinuousClock.now + .seconds(patience)
    while true {
      do { return try connectAtOnce(to: path, version: version) } catch let error as DatabaseError
        where error.resultCode == .SQLITE_BUSY && ContinuousClock.now < deadline
      { usleep(20_000) }
    }
  }

  private static func connectAtOnce(to path: String, version: String) throws -> Connection {
    let folder = URL(filePath: path).deletingLastPathComponent().path(percentEncoded: false)
    if !FileManager.default.fileExists(atPath: folder) {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }
    // SQLite gives its side files the permissions of the database. A file that another process has just made stays.
    let descriptor = openFile(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
    guard descriptor >= 0 || errno == EEXIST else { throw DatabaseError(resultCode: .SQLITE_CANTOPEN) }
    if descriptor >= 0 { close(descriptor) }
    let size = (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
    let budget = StepBudget(byteCount: size)
    var configuration = Configuration()
    configuration.busyMode = .timeout(TimeInterval(patience))
    configuration.prepareDatabase { budget.watch($0) }
    if StoreFile(at: path) == .new || FileManager.default.fileExists(atPath: path + "-journal") {
      try create(at: path, configuration)
    } else {
      // A connection that only reads leaves the write-ahead log of a damaged store as it is.
      var looking = configuration
      looking.readonly = true
      try check(DatabaseQueue(path: path, configuration: looking).read(StoreSchema.owner), path)
    }
    configuration.journalMode = .wal
    configuration.prepareDatabase { database in
      // With the journal ahead of the data a killed process loses nothing that was committed; a power cut may.
      try database.execute(sql: "PRAGMA synchronous = NORMAL")
      // Pages of the journal that are moved to the database at a time: 40 MB, as what is written is not read again soon.
      try database.execute(sql: "PRAGMA wal_autocheckpoint = 10000")
    }
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    var number: Int64 = 0
    try queue.writeWithoutTransaction { database in
      try database.inTransaction(.immediate) {
        try check(StoreSchema.owner(database), path)
        number = try StoreSchema.number(ofVersion: version, today: today, in: database)
        return .commit
      }
    }
    return (queue, budget, number)
  }

  /// Makes the tables of a new store, or finds that another process has just made them.
  ///
  /// In one transaction, and before there is a write-ahead log: the file itself says from then on that it is a store, and a
  /// process that is killed here leaves an empty one.
  private static func create(at path: String, _ configuration: Configuration) throws {
    try DatabaseQueue(path: path, configuration: configuration).writeWithoutTransaction { database in
      try database.inTransaction(.immediate) {
        let owner = try StoreSchema.owner(database)
        if owner == .nobody { try StoreSchema.create(database) } else { try check(owner, path) }
        return .commit
      }
    }
  }

  private static func check(_ owner: StoreSchema.Owner, _ path: String) throws {
    switch owner {
    case .us: break
    case .damaged, .nobody: throw DamagedStore()
    case .others: throw StoreRefusal.foreign(path)
    }
  }

  static func isDamage(_ error: any Error) -> Bool {
    if error is DamagedStore { return true }
    guard let error = error as? DatabaseError else { return false }
    // What the budget ended goes round in circles.
    return [.SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_INTERRUPT].contains(error.resultCode)
  }

  /// Why SQLite or the system refused, for people.
  static func reason(_ error: any Error) -> String {
    guard let error = error as? DatabaseError else { return "the folder cannot be made or written" }
    return switch error.resultCode {
    case .SQLITE_FULL: "the disk is full"
    case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_CANTOPEN: "it cannot be written"
    case .SQLITE_BUSY, .SQLITE_LOCKED: "another process keeps it locked"
    case .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_INTERRUPT: "it is damaged"
    default: error.message ?? "SQLite error \(error.resultCode.rawValue)"
    }
  }

  /// Renames the file and its side files, which may hold what the file does not hold yet; `nil` when that fails.
  private static func moveAside(_ path: String) -> String? {
    let files = FileManager.default
    let suffixes = ["", "-wal", "-shm", "-journal"]
    guard
      let aside = (1...999).lazy.map({ "\(path).damaged-\($0)" })
        .first(where: { aside in !suffixes.contains { files.fileExists(atPath: aside + $0) } }),
      (try? files.moveItem(atPath: path, toPath: aside)) != nil
    else { return nil }
    for suffix in suffixes.dropFirst() { try? files.moveItem(atPath: path + suffix, toPath: aside + suffix) }
    return aside
  }
}

/// `open(2)`, whose name the store's own function takes.
private func openFile(_ path: String, _ flags: Int32, _ mode: mode_t) -> Int32 {
  unsafe open(path, flags, mode)
}
