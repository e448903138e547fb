import SplitSealBase
import Foundation
import Synchronization
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

@testable import SplitSealPolicy

struct DecisionTests {
  private let a = String(repeating: "a", count: 64)
  private let b = String(repeating: "b", count: 64)

  private func decision(
    _ finding: String, _ judgement: Judgement?, at: String = "2026-11-25T17:00:00Z", path: String = "x.png"
  ) -> Decision {
    Decision(
      finding: finding, judgement: judgement, by: "Ann", at: at, reason: "two cats", score: 0.8412,
      first: .init(split: "train", path: path, sha256: a), second: .init(split: "test", path: "y.png", sha256: b))
  }

  /// A file in a folder of its own.
  private func withFile(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "decisions-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder.appending(path: ".splitseal/decisions.jsonl").path)
  }

  private func text(_ path: String) throws -> String {
    try String(decoding: Data(contentsOf: URL(filePath: path)), as: UTF8.self)
  }

  @Test func `a line is a JSON object with a time, four digits of the score and both places`() throws {
    try withFile { path in
      try DecisionLog(path: path).append(decision(a, .different))
      #expect(
        try text(path) == #"{"finding":"\#(a)","decision":"different","by":"Ann","at":"2026-11-25T17:00:00Z","#
          + #""reason":"two cats","score":0.8412,"a":{"split":"train","path":"x.png","sha256":"\#(a)"},"#
          + #""b":{"split":"test","path":"y.png","sha256":"\#(b)"}}"# + "\n")
    }
  }

  @Test func `what is written is read, whatever a path holds`() throws {
    try withFile { path in
      let hostile = "a\n\"<script>\u{1b}[31m\u{202e}\u{2028}{}.png"
      do { try DecisionLog(path: path).append(decision(a, .same, path: hostile)) }
      let list = try DecisionList.read(path: path)
      #expect(list.decisions == [decision(a, .same, path: hostile)])
      #expect(try text(path).count { $0 == "\n" } == 1)
    }
  }

  @Test func `the last decision about a pair counts, and may take the others back`() {
    let list = DecisionList(
      file: nil,
      history: [
        decision(a, .same), decision(b, .unsure), decision(a, .different), decision(b, nil),
      ])
    #expect(list.decisions == [decision(a, .different)])
  }

  @Test func `a line that was cut off is forgotten, and the next decision stands on a line of its own`() throws {
    try withFile { path in
      do { try DecisionLog(path: path).append(decision(a, .same)) }
      let whole = try text(path)
      try Data((whole + whole.dropLast(20)).utf8).write(to: URL(filePath: path))
      #expect(try DecisionList.read(path: path).decisions.count == 1)
      do { try DecisionLog(path: path).append(decision(b, .different)) }
      #expect(try DecisionList.read(path: path).decisions.map(\.judgement) == [.same, .different])
      #expect(try text(path).count { $0 == "\n" } == 2)
    }
  }

  @Test func `a whole line without its newline counts`() throws {
    try withFile { path in
      do { try DecisionLog(path: path).append(decision(a, .same)) }
      try Data(text(path).dropLast().utf8).write(to: URL(filePath: path))
      do { try DecisionLog(path: path).append(decision(b, .unsure)) }
      #expect(try DecisionList.read(path: path).decisions.map(\.judgement) == [.same, .unsure])
    }
  }

  /// As editors save, and version control systems: another file takes the place, or the bytes are written over.
  @Test(arguments: [true, false]) func `a file that was replaced is gone on with, and nothing is lost`(isNew: Bool)
    throws
  {
    try withFile { path in
      do { try DecisionLog(path: path).append(decision(b, .unsure)) }
      let before = try Data(contentsOf: URL(filePath: path))
      let log = try DecisionLog(path: path)
      try log.append(decision(a, .same))
      try before.write(to: URL(filePath: path), options: isNew ? .atomic : [])
      try log.append(decision(b, .different))
      #expect(try DecisionList.read(path: path).decisions.map(\.judgement) == [.different, .same])
      #expect(try text(path).count { $0 == "\n" } == 3)
      #expect(log.list.decisions.map(\.judgement) == [.different, .same])
      #expect(throws: ConfigurationError.self) { try DecisionLog(path: path) }
    }
  }

  @Test func `a file that was removed is made again`() throws {
    try withFile { path in
      let log = try DecisionLog(path: path)
      try log.append(decision(a, .same))
      try FileManager.default.removeItem(atPath: path)
      try log.append(decision(b, .different))
      #expect(try DecisionList.read(path: path).decisions.map(\.judgement) == [.same, .different])
    }
  }

  @Test func `one writer at a time`() throws {
    try withFile { path in
      let log = try DecisionLog(path: path)
      let error = #expect(throws: ConfigurationError.self) { try DecisionLog(path: path) }
      #expect(error?.problems.first?.message == "another review is writing it")
      try log.append(decision(a, .same))
      #expect(log.list.decisions.count == 1)
    }
  }

  /// How often a call was made.
  private final class Count: Sendable {
    private let value = Mutex(0)
    /// Counts a call, and gives how many there were before.
    func next() -> Int {
      value.withLock { value in
        defer { value += 1 }
        return value
      }
    }
  }

  /// Another program replaces the file after it was opened and before it is locked.
  @Test func `the file that is locked is the one that stands at the path`() throws {
    try withFile { path in
      do { try DecisionLog(path: path).append(decision(a, .same)) }
      let other = path + ".new"
      try Data((text(path) + decision(b, .unsure).line).utf8).write(to: URL(filePath: other))
      let count = Count()
      var calls = DecisionFileCalls()
      let lock = calls.lock
      calls.lock = { descriptor in
        if count.next() == 0 { unsafe _ = rename(other, path) }
        return lock(descriptor)
      }
      let log = try DecisionLog(path: path, calls: calls)
      #expect(count.next() == 2)
      #expect(log.list.decisions.map(\.judgement) == [.same, .unsure])
      // The lock is on the new file: it is the one that a second review meets.
      let error = #expect(throws: ConfigurationError.self) { try DecisionLog(path: path) }
      #expect(error?.problems.first?.message == "another review is writing it")
      try log.append(decision(a, .different))
      #expect(try DecisionList.read(path: path).decisions.map(\.judgement) == [.different, .unsure])
      #expect(try text(path).count { $0 == "\n" } == 3)
    }
  }

  /// What is read belongs to the descriptor: a file that appears at the path later has no part in it.
  @Test func `a file that takes the place after the lock is not read for the one that is locked`() throws {
    try withFile { path in
      do { try DecisionLog(path: path).append(decision(a, .same)) }
      let half = String(try text(path).dropLast(20))
      try Data((text(path) + half).utf8).write(to: URL(filePath: path))
      let other = path + ".new"
      try Data(decision(b, .unsure).line.utf8).write(to: URL(filePath: other))
      var calls = DecisionFileCalls()
      let truncate = calls.truncate
      calls.truncate = { descriptor, byteCount in
        unsafe _ = rename(other, path)
        return truncate(descriptor, byteCount)
      }
      let log = try DecisionLog(path: path, calls: calls)
      #expect(log.list.decisions.map(\.finding) == [a])
      #expect(try text(path) == decision(b, .unsure).line)
      // The next decision goes to the file that stands there now.
      try log.append(decision(a, .different))
      #expect(try DecisionList.read(path: path).decisions.map(\.finding) == [b, a])
    }
  }

  @Test func `a file that is replaced again and again is given up, and named`() throws {
    try withFile { path in
      do { try DecisionLog(path: path).append(decision(a, .same)) }
      var calls = DecisionFileCalls()
      let lock = calls.lock
      calls.lock = { descriptor in
        try? Data().write(to: URL(filePath: path), options: .atomic)
        return lock(descriptor)
      }
      let error = #expect(throws: ConfigurationError.self) { try DecisionLog(path: path, calls: calls) }
      #expect(error?.problems.first?.message == "another program keeps replacing it")
      #expect(error?.problems.first?.file == path)
      // Nothing stays locked.
      _ = try DecisionLog(path: path)
    }
  }

  @Test func `a half line that cannot be removed is reported, and the file stays as it is`() throws {
    try withFile { path in
      do { try DecisionLog(path: path).append(decision(a, .same)) }
      let damaged = try text(path) + text(path).dropLast(20)
      try Data(damaged.utf8).write(to: URL(filePath: path))
      var calls = DecisionFileCalls()
      calls.truncate = { _, _ in
        errno = EIO
        return -1
      }
      let error = #expect(throws: ConfigurationError.self) { try DecisionLog(path: path, calls: calls) }
      #expect(error?.problems.first?.message == "its last line is not whole and cannot be removed: input/output error")
      #expect(error?.problems.first?.file == path)
      #expect(try text(path) == damaged)
      _ = try DecisionLog(path: path)
    }
  }

  /// The disk fills up in the middle of a line, and then refuses to cut it off, or not.
  @Test(arguments: [true, false]) func `a decision that is written in part is removed, or the error says it stayed`(
    isStuck: Bool
  ) throws {
    try withFile { path in
      let count = Count()
      var calls = DecisionFileCalls()
      let (write, truncate) = (calls.write, calls.truncate)
      calls.write = { bytes, descriptor in
        guard count.next() == 1 else { return write(bytes, descriptor) }
        _ = write(Array(bytes.prefix(30)), descriptor)
        errno = ENOSPC
        return false
      }
      let cuts = Count()
      calls.truncate = { descriptor, byteCount in
        guard isStuck, cuts.next() == 0 else { return truncate(descriptor, byteCount) }
        errno = EROFS
        return -1
      }
      let log = try DecisionLog(path: path, calls: calls)
      try log.append(decision(a, .same))
      let before = try text(path)
      let error = #expect(throws: ConfigurationError.self) { try log.append(decision(b, .different)) }
      let problem = try #require(error?.problems.first)
      #expect(problem.file == path)
      let stayed = "; what was written of it cannot be removed: the disk is read-only"
      #expect(problem.message == "the decision cannot be saved: the disk is full" + (isStuck ? stayed : ""))
      #expect(try text(path) == before + (isStuck ? decision(b, .different).line.prefix(30) : ""))
      #expect(log.list.decisions.map(\.finding) == [a])
      // The next decision removes what stayed behind.
      try log.append(decision(b, .unsure))
      #expect(try text(path) == before + decision(b, .unsure).line)
    }
  }

  @Test func `a decision that does not reach the disk is not saved`() throws {
    try withFile { path in
      var calls = DecisionFileCalls()
      calls.synchronize = { _ in
        errno = EIO
        return -1
      }
      let log = try DecisionLog(path: path, calls: calls)
      let error = #expect(throws: ConfigurationError.self) { try log.append(decision(a, .same)) }
      #expect(error?.problems.first?.message == "the decision cannot be saved: input/output error")
      #expect(try text(path) == "")
      #expect(log.list.decisions.isEmpty)
    }
  }

  @Test func `a lock that the system refuses is named for what it is`() throws {
    try withFile { path in
      var calls = DecisionFileCalls()
      calls.lock = { _ in
        errno = ENOLCK
        return -1
      }
      let error = #expect(throws: ConfigurationError.self) { try DecisionLog(path: path, calls: calls) }
      #expect(error?.problems.first?.message == "it cannot be locked: the file system has no locks left")
    }
  }

  @Test func `nothing is written through a link`() throws {
    try withFile { path in
      let folder = URL(filePath: path).deletingLastPathComponent()
      let outside = folder.deletingLastPathComponent().appending(path: "outside")
      try FileManager.default.createDirectory(at: outside, withIntermediateDirectories: true)
      try FileManager.default.createSymbolicLink(at: folder, withDestinationURL: outside)
      #expect(throws: ConfigurationError.self) { try DecisionLog(path: path) }
      try FileManager.default.removeItem(at: folder)
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let victim = outside.appending(path: "victim")
      try Data("mine".utf8).write(to: victim)
      try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: victim.path)
      let error = #expect(throws: ConfigurationError.self) { try DecisionLog(path: path) }
      #expect(error?.problems.first?.message == "it is a link")
      #expect(try text(victim.path) == "mine")
    }
  }

  @Test(arguments: [
    ("[]", "not an object"), ("{", "not JSON: "), (#"{"x":1}"#, "unknown member 'x'"),
    (#"{"decision":"maybe"}"#, "decision 'maybe' is none of same, different, unsure and undone"),
    (#"{"decision":"same","at":"2026-02-30T00:00:00Z"}"#, "at has to be a time in UTC"),
    (#"{"decision":"same","at":"2026-02-03T24:00:00Z"}"#, "at has to be a time in UTC"),
    (#"{"decision":"same","at":"2026-02-03T00:00:00Z","finding":"ab"}"#, "finding has to be 64 hexadecimal digits"),
  ])
  func `a line that says nothing is named with its number`(line: String, message: String) throws {
    try withFile { path in
      do { try DecisionLog(path: path).append(decision(a, .same)) }
      try Data((text(path) + line + "\n").utf8).write(to: URL(filePath: path))
      let error = #expect(throws: ConfigurationError.self) { try DecisionList.read(path: path) }
      #expect(error?.problems.first?.line == 2)
      #expect(error?.problems.first?.message.hasPrefix(message) == true, "\(error?.problems.first?.message ?? "")")
    }
  }

  @Test func `scores outside of 0 to 1 are refused`() throws {
    try withFile { path in
      do { try DecisionLog(path: path).append(decision(a, .same)) }
      try Data(text(path).replacing("0.8412", with: "1.5").utf8).write(to: URL(filePath: path))
      let error = #expect(throws: ConfigurationError.self) { try DecisionList.read(path: path) }
      #expect(error?.problems.first?.message == "score has to be a number from 0 to 1")
    }
  }
}
