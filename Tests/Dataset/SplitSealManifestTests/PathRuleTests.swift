import SplitSealBase
import SplitSealManifest
import SplitSealTestSupport
import Testing

/// What paths may be, by their words alone.
@Suite struct PathRuleTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func quoted(_ text: String) -> String { "\"\(text.replacing("\"", with: "\"\""))\"" }

  @Test(arguments: [
    ("a.jpg", "a.jpg"), ("./a.jpg", "a.jpg"), ("././a/./b.jpg", "a/b.jpg"), ("a//b.jpg", "a/b.jpg"),
    ("a///.//b.jpg", "a/b.jpg"), (".hidden/.a.jpg", ".hidden/.a.jpg"), ("...", "..."), ("a/..b/c..", "a/..b/c.."),
    ("a b/é\u{301} 字.jpg", "a b/é\u{301} 字.jpg"), ("a:b.jpg", "a:b.jpg"), ("c:d/e.jpg", "c:d/e.jpg"),
    ("~/a.jpg", "~/a.jpg"), ("£/\u{A0}.jpg", "£/\u{A0}.jpg"), ("-rf", "-rf"), ("$(x)`y`;*?", "$(x)`y`;*?"),
  ])
  func `what is allowed is kept but for dots and doubled slashes`(path: String, expected: String) throws {
    let file = try folder.write("a.csv", "path,split\n\(quoted(path)),train\n")
    let sample = try #require(try Manifest.read([file]).samples.first)
    #expect(Array(sample.path.utf8) == Array(expected.utf8))
  }

  @Test(arguments: [
    ("/a.jpg", "the path '/a.jpg' is absolute"),
    ("//server/a.jpg", "the path '//server/a.jpg' is absolute"),
    ("C:\\a.jpg", "the path 'C:\\a.jpg' is absolute"),
    ("c:/a.jpg", "the path 'c:/a.jpg' is absolute"),
    ("\\\\server\\a.jpg", "the path '\\\\server\\a.jpg' is absolute"),
    ("https://example.org/a.jpg", "the path 'https://example.org/a.jpg' is a web address"),
    ("s3://bucket/a.jpg", "the path 's3://bucket/a.jpg' is a web address"),
    ("a\\b.jpg", "the path 'a\\b.jpg' has a backslash"),
    ("..", "the path '..' goes up with '..'"),
    ("../a.jpg", "the path '../a.jpg' goes up with '..'"),
    ("a/../b.jpg", "the path 'a/../b.jpg' goes up with '..'"),
    ("a/b/..", "the path 'a/b/..' goes up with '..'"),
    ("./../a", "the path './../a' goes up with '..'"),
    ("a/", "the path 'a/' names a folder"),
    ("a/.", "the path 'a/.' names a folder"),
    (".", "the path '.' names a folder"),
    ("./", "the path './' names a folder"),
    ("a\0.jpg", "the path 'a\\u{0}.jpg' has a control character"),
    ("a\nb", "the path 'a\\u{a}b' has a control character"),
    ("a\tb", "the path 'a\\u{9}b' has a control character"),
    ("\u{1B}[2Ja", "the path '\\u{1b}[2Ja' has a control character"),
    ("a\u{7F}", "the path 'a\\u{7f}' has a control character"),
    ("a\u{80}b", "the path 'a\\u{80}b' has a control character"),
    ("a\u{9F}", "the path 'a\\u{9f}' has a control character"),
  ])
  func `what is not allowed is refused with its reason`(path: String, reason: String) throws {
    let file = try folder.write("a.csv", "split,path\ntrain,ok.jpg\ntrain,\(quoted(path))\n")
    let error = failure(of: [file], in: folder)
    #expect(error.code == .invalidPath)
    #expect(error.text == "a.csv:3:2: \(reason)")
  }

  @Test(arguments: [
    ("", "name the image, relative to the folder of the manifest or to --root"),
    ("/a", "write it relative to the folder of the manifest, or to --root"),
    ("http://a/b", "download the images and name the files"),
    ("a\\b", "put '/' between folders"),
    ("../a", "give the folder that holds all the images with --root"),
    ("a/", "name the images in it, or give the folder as an input"),
    ("a\u{1}", "rename the file"),
  ])
  func `every refusal says what to do`(path: String, hint: String) throws {
    let file = try folder.write("a.csv", "split,path\ntrain,\(quoted(path))\n")
    #expect(failure(of: [file], in: folder).hint == hint)
  }

  @Test func `a path of 4,096 bytes passes and one more does not`() throws {
    let path = String(repeating: "a/", count: 2047) + "bc"
    #expect(try Manifest.read([try folder.write("a.csv", "path,split\n\(path),train\n")]).samples.first?.path == path)
    let error = failure(of: [try folder.write("a.csv", "path,split\n\(path)d,train\n")], in: folder)
    #expect(error.code == .invalidPath)
    #expect(error.text.hasPrefix("a.csv:2:1: the path has more than 4,096 bytes: 'a/a/"))
    #expect(error.text.utf8.count < 300)
  }
}
