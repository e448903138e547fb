import SplitSealBase
import SplitSealManifest
import SplitSealTestSupport
import Testing

/// `checkLinks`: the first row, in manifest order, whose file is outside.
@Suite struct LinksTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("outside/secret.jpg", "secret")
    try folder.write("data/a.jpg", "a")
    try folder.write("data/sub/b.jpg", "b")
  }

  private func message(_ paths: String...) throws -> String? {
    let file = try folder.write("data/list.csv", "path,split\n" + paths.map { "\($0),train\n" }.joined())
    do {
      try Manifest.read([file]).checkLinks()
      return nil
    } catch {
      #expect(error.code == .pathLeavesRoot)
      return error.description.replacing(folder.path + "/", with: "")
    }
  }

  @Test func `plain files, missing files and links inside pass`() throws {
    try folder.link("data/in.jpg", to: "sub/b.jpg")
    try folder.link("data/absolute.jpg", to: folder("data/a.jpg"))
    try folder.link("data/folder", to: "sub")
    try folder.link("data/dangling.jpg", to: "nothing")
    try folder.link("data/loop.jpg", to: "loop.jpg")
    #expect(
      try message(
        "a.jpg", "sub/b.jpg", "missing.jpg", "no/folder.jpg", "in.jpg", "absolute.jpg", "folder/b.jpg", "dangling.jpg",
        "loop.jpg", "a.jpg/x") == nil)
  }

  @Test func `a file that is a link outside is named with its line`() throws {
    try folder.link("data/leak.jpg", to: "../outside/secret.jpg")
    #expect(
      try message("a.jpg", "leak.jpg", "sub/b.jpg")
        == "data/list.csv:3: 'leak.jpg' is a link to 'outside/secret.jpg', outside the root 'data'")
  }

  @Test func `a folder that is a link outside is named, at any depth`() throws {
    try folder.link("data/sub/out", to: folder("outside"))
    #expect(
      try message("sub/b.jpg", "sub/missing/x.jpg", "sub/out/deeper/none.jpg", "sub/out/secret.jpg")
        == "data/list.csv:4: 'sub/out' is a link to 'outside', outside the root 'data'")
  }

  @Test func `a link outside that is reached through a link inside is found`() throws {
    try folder.link("data/sub/leak.jpg", to: "../../outside/secret.jpg")
    try folder.link("data/alias", to: "sub")
    #expect(
      try message("alias/leak.jpg")
        == "data/list.csv:2: 'alias/leak.jpg' is a link to 'outside/secret.jpg', outside the root 'data'")
  }

  @Test func `a link to the root's neighbour of the same beginning is outside`() throws {
    try folder.write("data2/x.jpg", "x")
    try folder.link("data/x.jpg", to: "../data2/x.jpg")
    #expect(try message("x.jpg") == "data/list.csv:2: 'x.jpg' is a link to 'data2/x.jpg', outside the root 'data'")
  }

  @Test func `the first of several is named`() throws {
    try folder.link("data/one.jpg", to: "/etc/hostname")
    try folder.link("data/two.jpg", to: "../outside/secret.jpg")
    #expect(try message("a.jpg", "two.jpg", "one.jpg")?.hasPrefix("data/list.csv:3: 'two.jpg'") == true)
  }
}
