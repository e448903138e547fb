import SplitSealBase
import Foundation
import SplitSealManifest
import SplitSealTestSupport
import Testing

/// Files are read whole, and only inside the root.
@Suite struct DatasetReaderTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("outside/secret.jpg", "secret")
    try folder.write("data/a.jpg", "alpha")
    try folder.write("data/sub/b.jpg", "beta")
    try folder.write("data/sub/deep/er/c.jpg", "gamma")
  }

  /// Reads with a reader of its own.
  private func read(
    _ path: String, allowsLinks: Bool = true, limit: Int = 1 << 20
  ) throws -> Result<String, DatasetFileFault> {
    var buffer: [UInt8] = [1, 2, 3]
    do throws(DatasetFileFault) {
      let directory = try DatasetDirectory(folder("data"), allowsLinks: allowsLinks)
      try directory.read(path, into: &buffer, maximumByteCount: limit)
      return .success(String(decoding: buffer, as: UTF8.self))
    } catch {
      return .failure(error)
    }
  }

  @Test func `one reader reads many files, whatever folders they are in`() throws {
    var reader = DatasetReader(try DatasetDirectory(folder("data")))
    var buffer: [UInt8] = []
    let expected = [
      ("sub/deep/er/c.jpg", "gamma"), ("a.jpg", "alpha"), ("sub/b.jpg", "beta"), ("sub/b.jpg", "beta"),
      ("sub/deep/er/c.jpg", "gamma"), ("a.jpg", "alpha"),
    ]
    for (path, text) in expected {
      try reader.read(path, into: &buffer, maximumByteCount: 100)
      #expect(String(decoding: buffer, as: UTF8.self) == text)
    }
    #expect(throws: DatasetFileFault.missing) {
      try DatasetDirectory(folder("data")).read("b.jpg", into: &buffer, maximumByteCount: 100)
    }
  }

  @Test func `faults leave a reader that reads on`() throws {
    try folder.link("data/sub/out", to: "../../outside")
    var reader = DatasetReader(try DatasetDirectory(folder("data")))
    var buffer: [UInt8] = []
    var texts: [String] = []
    for path in [
      "sub/b.jpg", "sub/x/y.jpg", "b.jpg", "sub/b.jpg", "sub/out/secret.jpg", "secret.jpg", "sub/b.jpg", "a.jpg",
    ] {
      do throws(DatasetFileFault) {
        try reader.read(path, into: &buffer, maximumByteCount: 100)
        texts.append(String(decoding: buffer, as: UTF8.self))
      } catch {
        texts.append(error == .missing ? "missing" : "refused")
      }
    }
    #expect(texts == ["beta", "missing", "missing", "beta", "refused", "missing", "beta", "alpha"])
  }

  @Test func `files of every size around the buffer's are read exactly`() throws {
    var random = SplitMix64(seed: 7)
    var reader = DatasetReader(try DatasetDirectory(folder("data")))
    var buffer: [UInt8] = []
    for size in [0, 1, 4095, 4096, 4097, 1_000_003, 0, 17, 65536, 3] {
      let bytes = (0..<size).map { _ in UInt8.random(in: 0...255, using: &random) }
      try folder.write("data/file", bytes)
      try reader.read("file", into: &buffer, maximumByteCount: size)
      #expect(buffer == bytes)
    }
  }

  @Test func `what is not there is missing`() throws {
    for path in ["none.jpg", "none/a.jpg", "sub/none/a.jpg", "a.jpg/b.jpg", "sub/b.jpg/c/d.jpg"] {
      #expect(try read(path) == .failure(.missing))
      #expect(try read(path, allowsLinks: false) == .failure(.missing))
    }
    try folder.link("data/dangling.jpg", to: "nothing")
    #expect(try read("dangling.jpg") == .failure(.missing))
    #expect(throws: DatasetFileFault.missing) { try DatasetDirectory(folder("nowhere")) }
    #expect(throws: DatasetFileFault.missing) { try DatasetDirectory(folder("data/a.jpg")) }
  }

  @Test func `what is not a regular file is not read, and nothing blocks`() throws {
    try folder.makePipe("data/pipe.jpg")
    try folder.makeFolder("data/folder.jpg")
    try folder.link("data/device.jpg", to: "/dev/zero")
    try folder.link("data/to-pipe.jpg", to: "pipe.jpg")
    try folder.link("data/to-root.jpg", to: ".")
    #expect(try read("pipe.jpg") == .failure(.notAFile))
    #expect(try read("folder.jpg") == .failure(.notAFile))
    #expect(try read("to-pipe.jpg") == .failure(.notAFile))
    #expect(try read("to-root.jpg") == .failure(.notAFile))
    #expect(try read("device.jpg") == .failure(.leavesRoot(target: "/dev/zero")))
  }

  @Test func `a socket is not a file`() throws {
    let descriptor = socket(AF_UNIX, Int32(socketType), 0)
    defer { close(descriptor) }
    let path = folder("data/s")
    var address = sockaddr_un()
    try #require(path.utf8.count < MemoryLayout.size(ofValue: address.sun_path))
    address.sun_family = sa_family_t(AF_UNIX)
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: path.utf8) }
    let result = unsafe withUnsafePointer(to: &address) {
      unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    try #require(result == 0)
    #expect(try read("s") == .failure(.notAFile))
  }

  @Test func `a file over the limit is not read`() throws {
    #expect(try read("a.jpg", limit: 5) == .success("alpha"))
    #expect(try read("a.jpg", limit: 4) == .failure(.tooLarge(byteCount: 5)))
    try folder.setSize("data/a.jpg", to: 1 << 40)
    #expect(try read("a.jpg") == .failure(.tooLarge(byteCount: 1 << 40)))
  }

  @Test func `a file that says nothing of its size is refused`() throws {
    guard FileManager.default.fileExists(atPath: "/proc/self/status") else { return }
    var buffer: [UInt8] = []
    let directory = try DatasetDirectory("/proc/self")
    #expect(throws: DatasetFileFault.unreadable(reason: "the file changed while it was read")) {
      try directory.read("status", into: &buffer, maximumByteCount: 1 << 20)
    }
  }

  @Test(arguments: [
    ("in.jpg", "sub/b.jpg", "in.jpg", "beta"), ("in.jpg", "./sub/../a.jpg", "in.jpg", "alpha"),
    ("alias", "sub", "alias/b.jpg", "beta"), ("alias", "sub", "alias/deep/er/c.jpg", "gamma"),
    ("sub/up", "..", "sub/up/a.jpg", "alpha"), ("sub/up", "..", "sub/up/sub/up/sub/b.jpg", "beta"),
  ])
  func `links that stay inside are followed, or refused where none are allowed`(
    name: String, target: String, path: String, text: String
  ) throws {
    try folder.link("data/\(name)", to: target)
    #expect(try read(path) == .success(text))
    #expect(try read(path, allowsLinks: false) == .failure(.link))
  }

  @Test func `absolute links and links to links stay inside or do not`() throws {
    try folder.link("data/one.jpg", to: folder("data/sub/b.jpg"))
    try folder.link("data/two.jpg", to: "one.jpg")
    try folder.link("data/three.jpg", to: "sub/../../outside/secret.jpg")
    try folder.link("data/four.jpg", to: "three.jpg")
    let outside = DatasetFileFault.leavesRoot(target: folder("outside/secret.jpg"))
    #expect(try read("one.jpg") == .success("beta"))
    #expect(try read("two.jpg") == .success("beta"))
    #expect(try read("three.jpg") == .failure(outside))
    #expect(try read("four.jpg") == .failure(outside))
  }

  @Test func `a folder outside is not entered`() throws {
    try folder.link("data/out", to: "../outside")
    #expect(try read("out/secret.jpg") == .failure(.leavesRoot(target: folder("outside"))))
    #expect(try read("out/secret.jpg", allowsLinks: false) == .failure(.link))
    try folder.write("data2/x.jpg", "x")
    try folder.link("data/x.jpg", to: "../data2/x.jpg")
    #expect(try read("x.jpg") == .failure(.leavesRoot(target: folder("data2/x.jpg"))))
  }

  @Test func `links in a circle are unreadable`() throws {
    try folder.link("data/loop.jpg", to: "loop.jpg")
    #expect(try read("loop.jpg") == .failure(.unreadable(reason: "too many links lead to it")))
    #expect(try read("loop.jpg", allowsLinks: false) == .failure(.link))
  }

  @Test func `paths that leave by their words are refused here too`() throws {
    for path in ["../outside/secret.jpg", "sub/../../outside/secret.jpg", "/etc/hostname", ".."] {
      #expect(try read(path) == .failure(.leavesRoot(target: path)))
    }
    for path in ["", ".", "sub//b.jpg", "./a.jpg", "sub/b.jpg/"] {
      #expect(try read(path) == .failure(.missing))
    }
    #expect(
      try read("a.jpg\0.png") == .failure(.unreadable(reason: "its name has a control character: rename it")))
  }

  @Test func `names are compared by bytes`() throws {
    try folder.write("data/\u{E9}/a.jpg", "composed")
    try folder.write("data/e\u{301}/a.jpg", "decomposed")
    var reader = DatasetReader(try DatasetDirectory(folder("data")))
    var buffer: [UInt8] = []
    try reader.read("\u{E9}/a.jpg", into: &buffer, maximumByteCount: 100)
    #expect(String(decoding: buffer, as: UTF8.self) == "composed")
    try reader.read("e\u{301}/a.jpg", into: &buffer, maximumByteCount: 100)
    #expect(String(decoding: buffer, as: UTF8.self) == "decomposed")
  }

  @Test func `a root that is a link is its target`() throws {
    try folder.link("link", to: "data")
    let directory = try DatasetDirectory(folder("link"))
    #expect(directory.root == folder("data"))
    var buffer: [UInt8] = []
    try directory.read("a.jpg", into: &buffer, maximumByteCount: 100)
    #expect(buffer == Array("alpha".utf8))
  }

  @Test(.enabled(if: geteuid() != 0, "the superuser may read everything"))
  func `a file that may not be read is unreadable`() throws {
    try folder.forbid("data/a.jpg")
    #expect(try read("a.jpg") == .failure(.unreadable(reason: "permission denied")))
  }

  @Test func `every fault has its words`() {
    #expect(DatasetFileFault.missing.description == "no such file")
    #expect(DatasetFileFault.notAFile.description == "not a regular file")
    #expect(
      DatasetFileFault.leavesRoot(target: "/a\u{1B}").description
        == "a link leads out of the dataset, to '/a\\u{1b}'")
    #expect(DatasetFileFault.link.description == "the file is a link, or stands behind one")
    #expect(DatasetFileFault.tooLarge(byteCount: 7).description == "the file is too large (7 bytes)")
    #expect(DatasetFileFault.unreadable(reason: "x").description == "cannot be read: x")
  }
}

#if os(Linux)
  private let socketType = SOCK_STREAM.rawValue
#else
  private let socketType = SOCK_STREAM
#endif
