import SplitSealBase
import Foundation
import Testing

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
