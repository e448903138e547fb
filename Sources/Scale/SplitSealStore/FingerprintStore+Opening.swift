internal import GRDB

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif
#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Glibc
#endif

extension FingerprintStore {
  /// Opens the store, and makes it where there is none.
  ///
  /// A store that is damaged is moved aside, to the same name with `.damaged-N`, and a new one is made; so is a file that
  /// is no database. A database of another program is left alone.
  ///
  /// - Parameters:
  ///   - path: The file. Its folder is made, for its owner alone, if it is not there.
  ///   - version: The versions of all that decides a fingerprint: those of other versions are not found.
  ///   - warn: Called with a sentence for people whenever something is wrong with the store.
  /// - Returns: The store; `nil` where there can be none, after a warning.
  public static func open(
    at path: String, version: String, warn: @escaping @Sendable (String) -> Void
  ) -> FingerprintStore? {
    for attempt in 0..<2 {
      do {
        let (queue, budget) = try makeQueue(at: path)
        return FingerprintStore(queue: queue, budget: budget, path: path, version: version, warn: warn)
      } catch  where attempt == 0 && isDamage(error) {
        guard let aside = moveAside(path) else {
          warn("the cache \(path) is damaged and cannot be moved aside: going on without it")
          return nil
        }
        warn("the cache \(path) is damaged: it is now \(aside), and a new one is made")
      } catch is ForeignDatabase {
        warn("\(path) is a database of another program and left alone: going on without a cache; name another file")
        return nil
      } catch {
        warn("the cache \(path) cannot be used (\(reason(error))): going on without it")
        return nil
      }
    }
    return nil
  }

  /// A database of another program, which may be open there.
  private struct ForeignDatabase: Error {}

  /// A database that is marked as a store and has other tables.
  private struct DamagedStore: Error {}

  /// Seconds that a store may be locked by others.
  private static let patience = 10

  /// Opens the database, and tries again where another process is opening it, too: for a lock that is in the way of the
  /// switch to the write-ahead journal SQLite does not wait by itself.
  private static func makeQueue(at path: String) throws -> (DatabaseQueue, StepBudget) {
    let deadline = ContinuousClock.now + .seconds(patience)
    while true {
      do { return try makeQueueAtOnce(at: path) } catch let error as DatabaseError
        where error.resultCode == .SQLITE_BUSY && ContinuousClock.now < deadline
      { usleep(20_000) }
    }
  }

  private static func makeQueueAtOnce(at path: String) throws -> (DatabaseQueue, StepBudget) {
    let folder = URL(filePath: path).deletingLastPathComponent().path(percentEncoded: false)
    if !FileManager.default.fileExists(atPath: folder) {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }
    if !FileManager.default.fileExists(atPath: path) {
      // SQLite gives its side files the permissions of the database.
      guard FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]) else {
        throw DatabaseError(resultCode: .SQLITE_CANTOPEN)
      }
    }
    let size = (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
    let budget = StepBudget(byteCount: size)
    var configuration = Configuration()
    configuration.busyMode = .timeout(TimeInterval(patience))
    configuration.prepareDatabase { budget.watch($0) }
    // Looked at before anything is written, and by a connection that writes nothing when it ends: another program's
    // database stays as it is.
    var looking = configuration
    looking.readonly = true
    try check(DatabaseQueue(path: path, configuration: looking).read(StoreSchema.owner))
    configuration.journalMode = .wal
    configuration.prepareDatabase { database in
      // With the journal ahead of the data a killed process loses nothing that was committed; a power cut may.
      try database.execute(sql: "PRAGMA synchronous = NORMAL")
      // Pages of the journal that are moved to the database at a time: 40 MB, as what is written is not read again soon.
      try database.execute(sql: "PRAGMA wal_autocheckpoint = 10000")
    }
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    try queue.writeWithoutTransaction { database in
      try database.inTransaction(.immediate) {
        let owner = try StoreSchema.owner(database)
        try check(owner)
        if owner == .nobody { try StoreSchema.create(database) }
        return .commit
      }
    }
    return (queue, budget)
  }

  private static func check(_ owner: StoreSchema.Owner) throws {
    switch owner {
    case .us, .nobody: break
    case .damaged: throw DamagedStore()
    case .others: throw ForeignDatabase()
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
    guard let number = (1...999).first(where: { !files.fileExists(atPath: "\(path).damaged-\($0)") }) else {
      return nil
    }
    let aside = "\(path).damaged-\(number)"
    guard (try? files.moveItem(atPath: path, toPath: aside)) != nil else { return nil }
    for suffix in ["-wal", "-shm"] { try? files.moveItem(atPath: path + suffix, toPath: aside + suffix) }
    return aside
  }
}
