internal import SplitSealRules
internal import ArgumentParser
internal import SplitSealBase
internal import SplitSealFingerprint
internal import SplitSealManifest
internal import SplitSealPolicy
internal import SplitSealReport

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// `splitseal waive`.
struct WaiveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "waive",
    abstract: "Accept findings, and record the reason.",
    discussion: """
      Adds waivers to \(WaiverFile.name) in the dataset's root, which scan, match and certify read. FINDING is the identity \
      of a finding in a report: 64 digits, or with --report at least the first 8. SOURCE_DATE_EPOCH sets the date.
      """)

  @Argument(help: ArgumentHelp("ID of a finding, as a report gives it.", valueName: "finding"))
  var findings: [String]

  @Option(help: ArgumentHelp("Reason why the findings are acceptable.", valueName: "text"))
  var reason: String

  @Option(help: ArgumentHelp("Last day on which the waivers are valid (default: no end).", valueName: "yyyy-mm-dd"))
  var until: String?

  @Option(help: ArgumentHelp("Name of the person who decided this.", valueName: "name"))
  var by: String?

  @Option(
    help: ArgumentHelp(
      "JSON report with the findings; completes short identities, and adds rule and message to the waivers.",
      valueName: "file"), completion: .file())
  var report: String?

  @Option(
    help: ArgumentHelp("The dataset's root (default: the current folder).", valueName: "folder"), completion: .directory
  )
  var root = "."

  @Option(
    help: ArgumentHelp("File for the waivers (default: \(WaiverFile.name) in the root).", valueName: "file"),
    completion: .file())
  var waivers: String?

  @Flag(help: "Replace existing waivers of the same findings.")
  var force = false

  func validate() throws {
    for finding in findings
    where (report == nil && !Waiver.isIdentity(finding)) || finding.utf8.count < 8
      || finding.utf8.count > 64 || !Waiver.isHexadecimal(finding)
    {
      throw ValidationError(
        report == nil
          ? "'\(printable(finding))' does not have the 64 digits of a finding; with --report FILE.json, 8 are enough"
          : "'\(printable(finding))' is not 8 to 64 lower-case hexadecimal digits")
    }
    for (name, text) in [("--reason", reason), ("--by", by ?? "x")] where text.isEmpty || text.utf8.count > 4_000 {
      throw ValidationError("\(name) must be a text of 1 to 4,000 bytes")
    }
    if let until, CalendarDate(until) == nil {
      throw ValidationError("--until \(printable(until)): expected a day like 2026-11-25")
    }
  }

  func run() throws {
    let today = CalendarDate(unixSeconds: try Clock.unixSeconds())
    let last = until.flatMap { CalendarDate($0) }
    if let last, last < today { throw CommandError("--until \(last) is in the past: today is \(today)") }
    let known = try report.map { try EarlierReport(path: $0) }
    var added: [Waiver] = []
    for finding in findings {
      let waiver = try waiver(finding, known, today, last)
      guard !added.contains(where: { $0.finding == waiver.finding }) else { continue }
      added.append(waiver)
    }
    let path: String
    if let waivers { path = waivers } else { path = try fileOfDataset() }
    try makeFolder(of: path)
    do {
      // Locked from reading to writing, so that two processes do not undo each other's waivers.
      let lock = try FolderLock(around: path)
      try write(added, to: path)
      lock.release()
    } catch let failure as FolderLock.Failure {
      throw CommandError("cannot write \(printable(path)): \(failure.reason)", hint: failure.hint)
    }
    try Output.standard.write(
      "\(added.count) \(added.count == 1 ? "finding" : "findings") waived in \(printable(path))\n")
  }

  /// The file in the dataset.
  ///
  /// Links are refused, because they could lead anywhere.
  private func fileOfDataset() throws -> String {
    let path = joined(try Manifest.realRoot(root), WaiverFile.name)
    let folder = String(path.dropLast(lastComponent(of: path).count + 1))
    for part in [folder, path] where SmallFile.isLink(part) {
      throw CommandError(
        "\(printable(part)) is a link, which could lead anywhere",
        hint: "replace the link by what it leads to, or give a file with --waivers")
    }
    return path
  }

  private func waiver(
    _ finding: String, _ report: EarlierReport?, _ today: CalendarDate, _ last: CalendarDate?
  ) throws(CommandError) -> Waiver {
    guard let report else {
      return Waiver(finding: finding, rule: nil, reason: reason, by: by, date: today, until: last)
    }
    let matching = report.findings.filter { $0.id.description.hasPrefix(finding) }
    let identities = Set(matching.map(\.id))
    guard let first = matching.first, identities.count == 1 else {
      throw CommandError(
        "\(matching.isEmpty ? "no finding" : "\(identities.count) findings") of \(printable(report.file)) "
          + "\(matching.isEmpty || identities.count == 1 ? "begins" : "begin") with \(finding)",
        hint: matching.isEmpty ? "a report gives the identity of a finding as 'id'" : "give more digits")
    }
    let message = (first.path.map { "\(printable($0)): " } ?? "") + first.message
    return Waiver(
      finding: first.id.description, rule: RuleID(rawValue: first.rule), reason: reason, by: by, date: today,
      until: last, message: String(message.prefix(500)))
  }

  /// Adds waivers to the file and replaces it in one step; existing text stays as it is.
  private func write(_ added: [Waiver], to path: String) throws {
    var text = WaiverFile.heading
    if SmallFile.exists(path) {
      let bytes: [UInt8]
      do throws(FileError) { bytes = try SmallFile.read(path, limit: WaiverFile.maximumByteCount) } catch {
        throw CommandError(error.description, hint: error.hint)
      }
      let present = try WaiverFile.parse(bytes, file: path)
      text = String(decoding: bytes, as: UTF8.self)
      let again = added.filter { waiver in present.contains { $0.finding == waiver.finding } }
      if let first = again.first, !force {
        throw CommandError(
          "finding \(first.finding.prefix(12)) is already waived in \(printable(path))",
          hint: "use --force to replace the waiver")
      }
      for waiver in again { text = try WaiverFile.removing(waiver.finding, from: text, file: path) }
      if !text.isEmpty, text.utf8.last != UInt8(ascii: "\n") { text += "\n" }
    }
    text += added.map(WaiverFile.text).joined()
    // The existing text may be valid YAML of a form to which nothing can be appended.
    do throws(ConfigurationError) {
      _ = try WaiverFile.parse(Array(text.utf8), file: path)
    } catch {
      throw CommandError(
        "cannot add to \(printable(path)): it is not a list of '- finding:' lines",
        hint: "write each waiver on its own lines, as in docs/waivers.md")
    }
    guard text.utf8.count <= WaiverFile.maximumByteCount else {
      throw CommandError("\(printable(path)) would become larger than \(WaiverFile.maximumByteCount) bytes")
    }
    try Output(path: path).write(text)
  }

  private func makeFolder(of path: String) throws(CommandError) {
    let folder = URL(filePath: path).deletingLastPathComponent()
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw CommandError("cannot create the folder of \(printable(path))", hint: "give a folder that you may write to")
    }
  }
}
