import SplitSealBase
import Foundation
import GRDB
import SplitSealFingerprint
import SplitSealManifest
import SplitSealTestSupport
import Synchronization
import Testing

@testable import SplitSealStore

@Suite final class FingerprintStoreTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "store-\(UUID().uuidString)")
  private let warnings = Warnings()
  private var random = SplitMix64(seed: 1)

  private final class Warnings: Sendable {
    private let list = Mutex<[String]>([])
    var all: [String] { list.withLock(\.self) }
    func append(_ warning: String) { list.withLock { $0.append(warning) } }
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  private var path: String { folder.appending(path: "in/store.sqlite").path }

  private func open(version: String = "1") -> FingerprintStore? {
    FingerprintStore.open(at: path, version: version) { [warnings] in warnings.append($0) }
  }

  private func fingerprint(hasPDQ: Bool = false) -> Fingerprint { randomFingerprint(using: &random, hasPDQ: hasPDQ) }

  /// The stamp of a file that last changed in 2001.
  private func stamp(_ number: UInt64 = 1, changed: Int64 = 1_000_000_000_000_000_000) -> FileStamp {
    FileStamp(byteCount: 10, modified: 1_000_000_000_000_000_000, changed: changed, number: number, device: 7)
  }

  @Test func `what was written is there when the store is opened again, below its root only`() throws {
    let fingerprints = (0..<5_000).map { _ in fingerprint() }
    let store = try #require(open())
    for (index, fingerprint) in fingerprints.enumerated() {
      store.remember(fingerprint, path: "a/\(index).jpg", stamp: stamp(UInt64(index)), root: "/data")
    }
    store.finish(root: "/data")
    let files = try #require(open()).files(below: "/data")
    #expect(files.count == 5_000)
    for (index, fingerprint) in fingerprints.enumerated() {
      #expect(files[Array("a/\(index).jpg".utf8)]?.fingerprint == fingerprint)
      #expect(files[Array("a/\(index).jpg".utf8)]?.stamp == stamp(UInt64(index)))
    }
    #expect(try #require(open()).files(below: "/dat").isEmpty)
    #expect(warnings.all.isEmpty)
  }

  @Test func `a fingerprint is found by content, and only by the same SHA-256`() throws {
    let known = fingerprint(hasPDQ: true)
    try #require(open()).remember(known, path: "a", stamp: stamp(), root: "/")
    let store = try #require(open())
    store.remember(known, path: "a", stamp: stamp(), root: "/")
    store.finish(root: "/")
    let again = try #require(open())
    #expect(again.fingerprint(of: known.content) == known)
    #expect(again.fingerprint(of: fingerprint().content) == nil)
    let collision = ContentDigest(
      sha256: Digest256(words: SIMD4()), xxh3: known.content.xxh3, byteCount: known.content.byteCount)
    #expect(again.fingerprint(of: collision) == nil)
  }

  @Test func `a file that changed just now may change again unseen, and is found by content alone`() throws {
    let known = fingerprint()
    let store = try #require(open())
    let now = Int64(Date().timeIntervalSince1970 * 1e9)
    store.remember(known, path: "a", stamp: stamp(changed: now), root: "/")
    store.finish(root: "/")
    let again = try #require(open())
    #expect(again.files(below: "/").isEmpty)
    #expect(again.fingerprint(of: known.content) == known)
  }

  @Test func `two files whose names differ only in normalisation keep their own fingerprints`() throws {
    let (composed, decomposed) = (fingerprint(), fingerprint())
    let store = try #require(open())
    store.remember(composed, path: "caf\u{E9}.png", stamp: stamp(1), root: "/")
    store.remember(decomposed, path: "cafe\u{301}.png", stamp: stamp(2), root: "/")
    store.finish(root: "/")
    let files = try #require(open()).files(below: "/")
    #expect(files.count == 2)
    #expect(files[Array("caf\u{E9}.png".utf8)]?.fingerprint == composed)
    #expect(files[Array("cafe\u{301}.png".utf8)]?.fingerprint == decomposed)
  }

  @Test func `versions that share a store find their own, and leave the other's`() throws {
    let known = fingerprint()
    let other = Fingerprint(
      content: known.content, pixels: fingerprint().pixels, format: known.format, width: 3, height: 4,
      descriptors: known.descriptors)
    let first = try #require(open(version: "1"))
    first.remember(known, path: "a", stamp: stamp(), root: "/")
    first.finish(root: "/")
    let second = try #require(open(version: "2"))
    #expect(second.files(below: "/").isEmpty && second.fingerprint(of: known.content) == nil)
    #expect(second.summary()?.staleCount == 1 && second.summary()?.fileCount == 0)
    second.remember(other, path: "a", stamp: stamp(), root: "/")
    second.finish(root: "/")
    for (version, expected) in [("1", known), ("2", other)] {
      let again = try #require(open(version: version))
      #expect(again.files(below: "/")[Array("a".utf8)]?.fingerprint == expected)
      #expect(again.fingerprint(of: known.content) == expected)
    }
    second.prune(unusedForDays: 1)
    #expect(second.summary()?.staleCount == 0 && second.summary()?.fingerprintCount == 1)
    #expect(try #require(open(version: "1")).files(below: "/").isEmpty)
    #expect(warnings.all.isEmpty)
  }

  @Test func `a version that nobody used for 90 days is forgotten when there is a new one`() throws {
    for version in ["old", "recent"] {
      let store = try #require(open(version: version))
      store.remember(fingerprint(), path: "a", stamp: stamp(), root: "/")
      store.finish(root: "/")
      try store.queue.write {
        try $0.execute(
          sql: "UPDATE version SET used = used - ? WHERE id = ?",
          arguments: [version == "old" ? 91 : 90, store.version])
      }
    }
    #expect(try #require(open(version: "new")).summary()?.staleCount == 1)
    #expect(try #require(open(version: "old")).files(below: "/").isEmpty)
    #expect(try #require(open(version: "recent")).files(below: "/").count == 1)
  }

  @Test func `only its owner reads the store`() throws {
    _ = try #require(open())
    for (path, mode) in [(path, 0o600), (folder.appending(path: "in").path, 0o700)] {
      let attributes = try FileManager.default.attributesOfItem(atPath: path)
      #expect((attributes[.posixPermissions] as? Int) == mode)
    }
  }

  /// A store whose pages are gone, or the last of them; that lacks a table, or has a trigger or view too many.
  @Test(arguments: ["no pages", "truncated", "DROP TABLE result", trigger, "CREATE VIEW v AS SELECT 1"])
  func `a damaged store is moved aside as it is`(kind: String) throws {
    let filled = try #require(open())
    for index in 0..<2_000 { filled.remember(fingerprint(), path: "\(index)", stamp: stamp(), root: "/") }
    filled.finish(root: "/")
    try filled.queue.close()
    let whole = try Array(Data(contentsOf: URL(filePath: path)))
    switch kind {
    case "no pages":
      try Data(whole.prefix(100) + Array(repeating: 0xFF, count: 5_000)).write(to: URL(filePath: path))
    case "truncated": try Data(whole.prefix(20_000)).write(to: URL(filePath: path))
    default:
      let other = try DatabaseQueue(path: path)
      try other.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE; \(kind)") }
      try other.close()
    }
    // What lies beside it goes along: a log may hold what the file does not.
    try Data("log".utf8).write(to: URL(filePath: path + "-wal"))
    let before = try Data(contentsOf: URL(filePath: path))
    let store = try #require(open())
    store.remember(fingerprint(), path: "a", stamp: stamp(), root: "/")
    store.finish(root: "/")
    #expect(try #require(open()).files(below: "/").count == 1)
    #expect(try Data(contentsOf: URL(filePath: path + ".damaged-1")) == before)
    #expect(try Data(contentsOf: URL(filePath: path + ".damaged-1-wal")) == Data("log".utf8))
    #expect(warnings.all.count == 1)
    #expect(warnings.all.first?.contains("it is now \(path).damaged-1") == true)
  }

  /// A file and its side files as they are: what they hold, and when that and the files themselves last changed.
  private func state(of path: String) throws -> [String] {
    try ["", "-wal", "-shm", "-journal"].map { path + $0 }.filter { FileManager.default.fileExists(atPath: $0) }.map {
      let times = try FileManager.default.attributesOfItem(atPath: $0)
      let stamp =
        "\(times[.modificationDate] ?? "") \(times[.systemFileNumber] ?? "") \(times[.posixPermissions] ?? "")"
      return "\($0) \(stamp) \(try Data(contentsOf: URL(filePath: $0)).base64EncodedString())"
    }
  }

  /// Other programs' databases and files: with a hot journal or a log that nobody has open, without tables, and none at all.
  @Test(arguments: [
    "log", "journal", "empty database", "text", "short", "half a header", "other application",
    "fresh but older version",
  ])
  func `a file that is no store is refused, and nothing is touched`(kind: String) throws {
    try FileManager.default.createDirectory(at: folder.appending(path: "in"), withIntermediateDirectories: true)
    let url = URL(filePath: path)
    func database(_ sql: String) throws {
      let queue = try DatabaseQueue(path: path)
      try queue.writeWithoutTransaction { try $0.execute(sql: sql) }
      try queue.close()
    }
    switch kind {
    case "log":
      try database("PRAGMA journal_mode = WAL; CREATE TABLE t (a)")
      try Data("what another program wrote last".utf8).write(to: URL(filePath: path + "-wal"))
      try Data(count: 32_768).write(to: URL(filePath: path + "-shm"))
    case "journal":
      try database("CREATE TABLE t (a)")
      // What a program that was killed in the middle of a transaction leaves: SQLite would roll it back.
      let header: [UInt8] = [0xD9, 0xD5, 0x05, 0xF9, 0x20, 0xA1, 0x63, 0xD7] + Array(repeating: 0, count: 504)
      try Data(header).write(to: URL(filePath: path + "-journal"))
    case "empty database": try database("PRAGMA user_version = 7")
    case "text": try Data("path,split\na.png,train\n".utf8).write(to: url)
    case "short": try Data("x".utf8).write(to: url)
    case "half a header": try Data("SQLite format 3\0".utf8).write(to: url)
    case "other application": try database("CREATE TABLE t (a); PRAGMA application_id = 1396853329")
    default:
      try database("PRAGMA application_id = \(StoreSchema.applicationID); PRAGMA user_version = 1")
    }
    let before = try state(of: path)
    let folderBefore = try Set(FileManager.default.subpathsOfDirectory(atPath: folder.path))
    #expect(throws: StoreRefusal.self) { try FingerprintStore.check(path) }
    #expect(open() == nil)
    #expect(try state(of: path) == before)
    #expect(try Set(FileManager.default.subpathsOfDirectory(atPath: folder.path)) == folderBefore)
    #expect(warnings.all.count == 1)
    let reason = kind == "fresh but older version" ? "is a cache of an older splitseal" : "is not a cache of splitseal"
    #expect(warnings.all.first?.hasPrefix("\(path) \(reason)") == true, "\(warnings.all)")
  }

  @Test func `a store of a newer version is left alone, and the format is named`() throws {
    try #require(open()).queue.close()
    let newer = try DatabaseQueue(path: path)
    try newer.writeWithoutTransaction {
      try $0.execute(sql: "PRAGMA journal_mode = DELETE; PRAGMA user_version = \(StoreSchema.version + 1)")
    }
    try newer.close()
    let before = try state(of: path)
    let refusal = #expect(throws: StoreRefusal.self) { try FingerprintStore.check(path) }
    #expect(
      refusal?.message == "\(path) is a cache of a newer splitseal: its format is \(StoreSchema.version + 1), and this "
        + "program uses format \(StoreSchema.version); it was left as it is")
    #expect(refusal?.hint == "give --cache the name of another file")
    #expect(open() == nil)
    #expect(try state(of: path) == before)
  }

  @Test func `an empty file becomes a store, and a pipe does not`() throws {
    try FileManager.default.createDirectory(at: folder.appending(path: "in"), withIntermediateDirectories: true)
    #expect(FileManager.default.createFile(atPath: path, contents: nil))
    #expect(open() != nil && warnings.all.isEmpty)
    #expect(StoreFile(at: "/dev/null") == .foreign)
    #expect(StoreFile(at: folder.path) == .foreign)
    #expect(StoreFile(at: path) == .store(StoreSchema.version))
  }

  @Test func `the file itself says that it is a store while its log is not yet written back`() throws {
    let store = try #require(open())
    store.remember(fingerprint(), path: "a", stamp: stamp(), root: "/")
    store.finish(root: "/")
    #expect(StoreFile(at: path) == .store(StoreSchema.version))
    // A copy of the file alone is what a killed process may leave.
    try FileManager.default.copyItem(atPath: path, toPath: folder.path + "/copy")
    #expect(StoreFile(at: folder.path + "/copy") == .store(StoreSchema.version))
    #expect(warnings.all.isEmpty)
  }

  /// A page of a table whose every cell leads to the same page below it: 500 to the power of 12 rows.
  @Test(.timeLimit(.minutes(1)), arguments: ["fingerprint", "file"])
  func `pages that lead to each other are damage, and end`(table: String) throws {
    let filled = try #require(open())
    let known = fingerprint()
    filled.remember(known, path: "a", stamp: stamp(), root: "/")
    filled.finish(root: "/")
    try filled.queue.close()
    let plain = try DatabaseQueue(path: path)
    let root = try plain.writeWithoutTransaction { database in
      try database.execute(sql: "PRAGMA journal_mode = DELETE")
      return try Int.fetchOne(database, sql: "SELECT rootpage FROM sqlite_master WHERE name = ?", arguments: [table])
    }
    try plain.close()
    try multiply(try #require(root), isIndex: table == "file")
    let store = try #require(open())
    _ = store.files(below: "/")
    _ = store.fingerprint(of: fingerprint().content)
    _ = store.summary()
    store.prune(unusedForDays: 1)
    #expect(warnings.all.count == 1)
    #expect(warnings.all.first?.contains("it is damaged") == true, "\(warnings.all)")
  }

  /// Puts pages above a table's root that multiply what it holds.
  ///
  /// - Source: SQLite's file format, section 1.6.
  private func multiply(_ root: Int, isIndex: Bool) throws {
    var bytes = try Array(Data(contentsOf: URL(filePath: path)))
    let size = Int(bytes[16]) << 8 | Int(bytes[17])
    func big(_ number: Int, _ count: Int) -> [UInt8] {
      (0..<count).reversed().map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }
    /// A page within a tree: each cell leads to `child`. Keys are numbers, or records of one empty blob.
    func page(above child: Int) -> [UInt8] {
      let cell = big(child, 4) + (isIndex ? [2, 2, 12] : [1])
      let count = (size - 12) / (cell.count + 2)
      let start = size - count * cell.count
      var page: [UInt8] = [isIndex ? 2 : 5] + big(0, 2) + big(count, 2) + big(start, 2) + [0] + big(child, 4)
      for index in 0..<count { page += big(start + index * cell.count, 2) }
      page += Array(repeating: 0, count: start - page.count)
      for _ in 0..<count { page += cell }
      return page
    }
    let old = Array(bytes[(root - 1) * size..<root * size])
    var pages = bytes.count / size
    bytes += old
    pages += 1
    for _ in 0..<12 {
      bytes += page(above: pages)
      pages += 1
    }
    bytes.replaceSubrange((root - 1) * size..<root * size, with: page(above: pages))
    bytes.replaceSubrange(28..<32, with: big(pages, 4))
    try Data(bytes).write(to: URL(filePath: path))
  }

  private static let trigger = "CREATE TRIGGER t AFTER UPDATE ON root BEGIN DELETE FROM file; END"

  @Test func `a database of another program is left alone, with what only its journal holds`() throws {
    var configuration = Configuration()
    configuration.prepareDatabase { try $0.execute(sql: "PRAGMA wal_autocheckpoint = 0") }
    configuration.journalMode = .wal
    try FileManager.default.createDirectory(at: folder.appending(path: "in"), withIntermediateDirectories: true)
    let other = try DatabaseQueue(path: path, configuration: configuration)
    try other.write { try $0.execute(sql: "CREATE TABLE precious (name TEXT); INSERT INTO precious VALUES ('gold')") }
    #expect(open() == nil)
    #expect(warnings.all.count == 1)
    #expect(warnings.all.first?.hasPrefix("\(path) is not a cache of splitseal; it was left as it is") == true)
    try other.close()
    let names = try DatabaseQueue(path: path).read { try String.fetchAll($0, sql: "SELECT name FROM precious") }
    #expect(names == ["gold"])
  }

  @Test func `where no folder can be made the work goes on without a store`() {
    let store = FingerprintStore.open(at: "/dev/null/splitseal/store.sqlite", version: "1") { [warnings] in
      warnings.append($0)
    }
    #expect(store == nil)
    #expect(warnings.all.count == 1)
    #expect(warnings.all.first?.hasSuffix("going on without it") == true)
  }

  @Test func `a full disk is said once, and what was there is still found until then`() throws {
    let store = try #require(open())
    try store.queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA max_page_count = 40") }
    for _ in 0..<3 {
      for index in 0..<500 { store.remember(fingerprint(), path: "\(index)", stamp: stamp(), root: "/") }
      store.finish(root: "/")
    }
    #expect(warnings.all.count == 1)
    #expect(warnings.all.first?.contains("the disk is full") == true)
    #expect(store.files(below: "/").isEmpty && store.summary() == nil)
  }

  @Test func `two stores on one file lose nothing`() async throws {
    let sets = (0..<2).map { _ in (0..<1_000).map { _ in fingerprint() } }
    let stores = [try #require(open()), try #require(open())]
    await withTaskGroup(of: Void.self) { group in
      for (number, (store, set)) in zip(stores, sets).enumerated() {
        group.addTask { [stamp = stamp()] in
          for (index, fingerprint) in set.enumerated() {
            store.remember(fingerprint, path: "\(number)/\(index)", stamp: stamp, root: "/")
            if index % 50 == 0 { store.finish(root: "/") }
          }
          store.finish(root: "/")
        }
      }
    }
    #expect(try #require(open()).files(below: "/").count == 2_000)
    #expect(warnings.all.isEmpty)
  }

  @Test func `results are found by their key, and the oldest go`() throws {
    let store = try #require(open())
    let keys = (0..<70).map { index in Digest256((0..<32).map { UInt8(truncatingIfNeeded: index &+ $0) }) }
    for (index, key) in keys.enumerated() { store.remember(result: [UInt8(index)], of: key) }
    #expect(store.summary()?.resultCount == 64)
    let found = keys.indices.filter { store.result(of: keys[$0]) == [UInt8($0)] }
    #expect(found.count == 64)
    #expect(store.result(of: Digest256(words: SIMD4(repeating: 9))) == nil)
  }

  @Test func `pruning forgets what is unused, and 0 days forgets all`() throws {
    let store = try #require(open())
    for root in ["/old", "/new"] {
      store.remember(fingerprint(), path: "a", stamp: stamp(), root: root)
      store.finish(root: root)
    }
    store.remember(result: [1], of: Digest256(words: SIMD4()))
    try store.queue.write { database in
      try database.execute(
        sql: "UPDATE root SET used = used - 100 WHERE path = ?; UPDATE fingerprint SET used = used - 100",
        arguments: [Data("/old".utf8)])
    }
    store.prune(unusedForDays: 90)
    #expect(store.files(below: "/old").isEmpty && store.files(below: "/new").count == 1)
    #expect(store.summary()?.fingerprintCount == 1 && store.summary()?.resultCount == 1)
    store.prune(unusedForDays: 0)
    let summary = try #require(store.summary())
    #expect(summary.fingerprintCount == 0 && summary.fileCount == 0 && summary.resultCount == 0)
    #expect(warnings.all.isEmpty)
  }

  @Test func `the store lies in the user's cache folder`() {
    #expect(StoreLocation.standard(environment: ["XDG_CACHE_HOME": "/c"]) == "/c/splitseal/store-2.sqlite")
    #expect(StoreLocation.standard(environment: ["XDG_CACHE_HOME": "relative"]) == nil)
    #expect(StoreLocation.standard(environment: [:]) == nil)
    let home = StoreLocation.standard(environment: ["HOME": "/home/a"])
    #expect(home?.hasPrefix("/home/a/") == true && home?.hasSuffix("/splitseal/store-2.sqlite") == true)
  }
}
