import SplitSealTestSupport
import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

@testable import SplitSealBase

/// Files that several writers read, change and replace.
@Suite struct FolderLockTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Locks a file as everywhere, or as where folders cannot be locked: NFS refuses with EBADF.
  private static func lock(_ file: String, folders: Bool) throws(FolderLock.Failure) -> FolderLock {
    guard !folders else { return try FolderLock(around: file) }
    return try FolderLock(around: file) { _ in
      errno = EBADF
      return -1
    }
  }

  /// Adds a line to a file by replacing it, as all writers of settings do.
  private static func add(_ line: String, to file: String, folders: Bool) throws {
    let lock = try lock(file, folders: folders)
    let old = (try? String(contentsOfFile: lock.file, encoding: .utf8)) ?? ""
    try Data((old + line + "\n").utf8).write(to: URL(filePath: lock.file), options: .atomic)
    lock.release()
  }

  @Test(arguments: [true, false]) func `of two writers at once neither loses a line`(folders: Bool) throws {
    let file = folder("list")
    let link = folder("elsewhere/link")
    try folder.link("elsewhere/link", to: file)
    try folder.write("list", "")
    let writers = DispatchGroup()
    for writer in 0..<2 {
      DispatchQueue.global().async(group: writers) {
        for number in 0..<100 {
          // One of them names the file by a link in another folder.
          do { try Self.add("\(writer) \(number)", to: writer == 0 ? file : link, folders: folders) } catch {
            Issue.record(error)
          }
        }
      }
    }
    writers.wait()
    let lines = Set(try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").map(String.init))
    #expect(lines == Set((0..<2).flatMap { writer in (0..<100).map { "\(writer) \($0)" } }))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["elsewhere", "list"])
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder("elsewhere")) == ["link"])
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == file)
  }

  @Test(arguments: [true, false]) func `a lock lasts until it is released`(folders: Bool) throws {
    let file = folder("list")
    let lock = try Self.lock(file, folders: folders)
    #expect(lock.file == file)
    #expect(FileManager.default.fileExists(atPath: file + ".lock") == !folders)
    let held = folders ? folder.path : file + ".lock"
    let descriptor = unsafe open(held, O_RDONLY)
    defer { close(descriptor) }
    #expect(flock(descriptor, LOCK_EX | LOCK_NB) == -1 && errno == EWOULDBLOCK)
    lock.release()
    #expect(flock(descriptor, LOCK_EX | LOCK_NB) == 0)
    #expect(!FileManager.default.fileExists(atPath: file + ".lock"))
  }

  /// A program that was killed leaves its lock file behind: nobody holds it.
  @Test func `a lock file that was left behind is taken over and removed`() throws {
    try folder.write("list.lock", "")
    try Self.lock(folder("list"), folders: false).release()
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
  }

  @Test func `a lock file that is a link is not followed`() throws {
    try folder.write("victim", "mine")
    try folder.link("list.lock", to: "victim")
    let failure = #expect(throws: FolderLock.Failure.self) { try Self.lock(folder("list"), folders: false).release() }
    #expect(failure?.reason.hasPrefix("it cannot be locked: ") == true)
    #expect(try String(contentsOfFile: folder("victim"), encoding: .utf8) == "mine")
  }

  @Test func `a folder that is not there is an error, and nothing goes on unlocked`() throws {
    let failure = #expect(throws: FolderLock.Failure.self) {
      try FolderLock(around: folder("none/list")).release()
    }
    #expect(failure?.reason == "it cannot be locked: no such file or folder")
  }
}
