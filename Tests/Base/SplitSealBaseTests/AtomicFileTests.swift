import Foundation
import SplitSealTestSupport
import Testing

@testable import SplitSealBase

/// Files that are replaced in one step.
@Suite struct AtomicFileTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func text(_ name: String) throws -> String { try String(contentsOfFile: folder(name), encoding: .utf8) }

  private func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() }

  private func mode(_ name: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: folder(name))[.posixPermissions] as? Int
  }

  @Test func `the old bytes stay until the new ones are whole`() throws {
    try folder.write("a", "old")
    let file = try AtomicFile(folder("a"))
    try file.write(Array("new".utf8))
    #expect(try text("a") == "old")
    try file.finish(isDurable: true)
    #expect(try text("a") == "new")
    #expect(try names() == ["a"])
  }

  @Test func `a file that is given up leaves nothing behind`() throws {
    try folder.write("a", "old")
    do {
      let file = try AtomicFile(folder("a"))
      try file.write(Array("half".utf8))
      #expect(try names().count == 2)
    }
    #expect(try names() == ["a"])
    #expect(try text("a") == "old")
  }

  @Test func `permissions are kept, unless they are given`() throws {
    try folder.write("a", "old")
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: folder("a"))
    let file = try AtomicFile(folder("a"))
    try file.finish(isDurable: false)
    #expect(try mode("a") == 0o640)
    try WholeFile.replace(folder("a"), [], mode: 0o600)
    #expect(try mode("a") == 0o600)
  }

  @Test func `an output goes where its link leads, and the link stays`() throws {
    try folder.write("target", "old")
    try folder.link("link", to: "target")
    let file = try AtomicFile(folder("link"))
    try file.write(Array("new".utf8))
    try file.finish(isDurable: false)
    #expect(try text("target") == "new")
    #expect(try names() == ["link", "target"])
    #expect(SmallFile.isLink(folder("link")))
  }

  // A dataset may bring a link under the name of a file of its certificate.
  @Test func `a whole file is never written through a link`() throws {
    try folder.write("elsewhere", "old")
    try folder.link("records.jsonl", to: "elsewhere")
    try WholeFile.replace(folder("records.jsonl"), Array("new".utf8), mode: 0o644)
    #expect(try text("elsewhere") == "old")
    #expect(try text("records.jsonl") == "new")
    #expect(!SmallFile.isLink(folder("records.jsonl")))
  }

  @Test func `a folder that is missing is said with its path`() throws {
    let path = folder("none/a")
    let error = #expect(throws: FileError.self) { try WholeFile.replace(path, [], mode: 0o644) }
    #expect(error?.code == .notFound)
    #expect(error?.messages == [ErrorMessage("\(path): cannot be written: no such file or folder")])
  }

  @Test func `a file that is there is not created again, and one that is too large is not read`() throws {
    try folder.write("a", "0123456789")
    #expect(throws: FileError(.alreadyExists, "cannot be created: it is there already", file: folder("a"))) {
      try WholeFile.create(folder("a"), [], mode: 0o600)
    }
    #expect(throws: FileError(.tooLarge, "the file is larger than 9 bytes", file: folder("a"))) {
      try WholeFile.read(folder("a"), limit: 9)
    }
    #expect(try WholeFile.read(folder("a"), limit: 10).bytes == Array("0123456789".utf8))
  }
}
