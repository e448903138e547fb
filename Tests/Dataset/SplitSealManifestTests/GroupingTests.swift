import SplitSealBase
import SplitSealManifest
import SplitSealTestSupport
import Testing

@Suite struct GroupingTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static let table = """
    path,split,patient,scene,taken
    site1/p7/a.png,train,p7,s1,2024-05-31
    site2/p7/b.png,test,p7,,2024-05-31T12:00:00Z
    site2/p9/c.png,test,,s1,
    """

  private func read(_ text: String, _ change: (inout ManifestOptions) -> Void) throws -> Manifest {
    _ = try folder.write("a.csv", text)
    return try Manifest.read([folder.path + "/a.csv"], options: options(change))
  }

  private func groups(_ grouping: Grouping) -> [String?] {
    (0..<3).map { grouping.group(of: $0).map { grouping.groups[$0] } }
  }

  @Test func `without a flag the first usual column is the only grouping`() throws {
    let manifest = try read(Self.table) { _ in }
    #expect(manifest.groupings.map(\.name) == ["patient"])
    #expect(manifest.times == nil)
  }

  @Test func `several columns are several groupings, in the order of the flags`() throws {
    let manifest = try read(Self.table) { $0.groupColumns = ["scene", "patient"] }
    #expect(manifest.groupings.map(\.name) == ["scene", "patient"])
    #expect(groups(manifest.groupings[0]) == ["s1", nil, "s1"])
    #expect(groups(manifest.groupings[1]) == ["p7", "p7", nil])
    #expect(manifest.groupName(of: 2) == "s1")
  }

  @Test func `a pattern over paths is a grouping behind the columns`() throws {
    let manifest = try read(Self.table) { $0.groupPatterns = [#"(site\d)/(p\d+)"#] }
    #expect(manifest.groupings.map(\.name) == ["patient", #"pattern (site\d)/(p\d+)"#])
    #expect(groups(manifest.groupings[1]) == ["site1/p7", "site2/p7", "site2/p9"])
  }

  @Test func `a column of dates is read to the millisecond, and empty cells have no time`() throws {
    let manifest = try read(Self.table) { $0.timeColumn = "taken" }
    // date -u -d 2024-05-31 +%s: 1717113600
    #expect((0..<3).map { manifest.times?.time(of: $0) } == [1_717_113_600_000, 1_717_156_800_000, nil])
    #expect(manifest.times?.unit == .milliseconds)
  }

  @Test func `JSON gives the same columns as a table`() throws {
    _ = try folder.write(
      "a.jsonl",
      """
      {"path":"a.png","split":"train"}
      {"path":"b.png","split":"test","video":"v1","frame":12}
      """)
    let manifest = try Manifest.read([folder.path + "/a.jsonl"], options: options { $0.timeColumn = "frame" })
    #expect(manifest.groupings.map(\.name) == ["video"])
    #expect(manifest.groupings.first?.group(of: 0) == nil)
    #expect(manifest.groupName(of: 1) == "v1")
    #expect(manifest.times?.time(of: 1) == 12)
    #expect(manifest.times?.unit == .steps)
  }

  @Test(arguments: [
    ("2024-02-30", "a.csv:2: '2024-02-30' is no time (column 3)"), ("soon", "a.csv:2: 'soon' is no time (column 3)"),
  ])
  func `what is no time is refused by name`(text: String, expected: String) throws {
    _ = try folder.write("a.csv", "path,split,taken\na.png,train,\(text)\n")
    let fault = failure(of: [folder.path + "/a.csv"], options { $0.timeColumn = "taken" }, in: folder)
    #expect(fault.code == .malformed)
    #expect(fault.text.contains("'\(text)' is no time"))
    #expect(fault.text.hasPrefix("a.csv:2"))
  }

  @Test func `dates and numbers in one column are refused`() throws {
    _ = try folder.write("a.csv", "path,split,taken\na.png,train,2024-01-01\nb.png,train,7\n")
    let fault = failure(of: [folder.path + "/a.csv"], options { $0.timeColumn = "taken" }, in: folder)
    #expect(fault.text.contains("the time is a number here and was not in rows before"))
  }

  @Test func `a pattern that is none, and one that fits nothing, are refused`() throws {
    _ = try folder.write("a.csv", "path,split\na.png,train\n")
    let broken = failure(of: [folder.path + "/a.csv"], options { $0.groupPatterns = ["subject_(\\d+"] }, in: folder)
    #expect(broken.text.hasPrefix("group pattern 'subject_(\\d+'"))
    let idle = failure(of: [folder.path + "/a.csv"], options { $0.groupPatterns = ["subject_(\\d+)"] }, in: folder)
    #expect(idle.text == "group pattern 'subject_(\\d+)': it fits none of 1 paths, the first of which is 'a.png'")
  }
}

@Suite struct TimeTextTests {
  /// Seconds by `date -u -d ... +%s`.
  @Test(arguments: [
    ("1970-01-01", 0), ("2024-02-29", 1_709_164_800), ("1969-12-31T23:59:59", -1), ("2000:03:01 00:00:00", 951_868_800),
    ("2024-05-31T12:30:05+02:00", 1_717_151_405), ("2024/05/31 12:30", 1_717_158_600), ("0001-01-01", -62_135_596_800),
    ("2024-05-31T12:30:05-0330", 1_717_171_205),
  ])
  func `a date is its seconds since 1970`(text: String, seconds: Int64) {
    let parsed = TimeText.parsed(Array(text.utf8)[...])
    #expect(parsed?.value == seconds * 1000)
    #expect(parsed?.unit == .milliseconds)
  }

  @Test(arguments: [
    "", "2024", "-7", "2024-13-01", "2023-02-29", "2024-05-31T24:00", "2024-05-31T12", "2024-05-31 12:30:05x",
    "2024-05/31", "24-05-31", "99999999999999999999", "2024-05-31T12:30:05.", "1e5",
  ])
  func `anything else is no date`(text: String) {
    #expect(TimeText.parsed(Array(text.utf8)[...])?.unit != .milliseconds)
  }

  @Test(arguments: ["2024-05-31", "1969-07-20T20:17:40", "0001-03-01", "2000-02-29T00:00:00.007", "9999-12-31"])
  func `a date is written as it was read`(text: String) throws {
    let value = try #require(TimeText.parsed(Array(text.utf8)[...])).value
    #expect(SampleTimes.text(of: value, unit: .milliseconds) == text)
  }
}
