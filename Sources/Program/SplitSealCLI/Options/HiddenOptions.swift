internal import SplitSealBase
internal import ArgumentParser
internal import SplitSeal
internal import SplitSealAudit
internal import SplitSealCertificate
internal import SplitSealManifest

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// How to certify data without revealing it.
struct HiddenOptions: ParsableArguments {
  @Flag(
    help: "Keep the records secret: the certificate commits to them, but contains no path, label, group or file digest."
  )
  var hidden = false

  @Option(
    help: ArgumentHelp(
      "Secret key that hides the records: a file of 32 bytes, or of 64 hexadecimal digits.", valueName: "file"),
    completion: .file())
  var saltKey: String?

  @Option(
    help: ArgumentHelp("Create such a secret key in a new file, and use it.", valueName: "file"),
    completion: .file())
  var newSaltKey: String?

  @Option(
    help: ArgumentHelp(
      "Identifier that makes this certificate's salts differ from others of the same key: 32 hexadecimal digits (default:"
        + " $SPLITSEAL_SALT_ID, or random).",
      valueName: "digits"))
  var saltID: String?

  @Flag(help: "Leave out class names, even of classes with five images or more.")
  var hideClasses = false

  @Option(
    help: ArgumentHelp("Folder for the salted records and the report; keep it to yourself.", valueName: "folder"),
    completion: .directory)
  var privateFolder: String?

  func validate() throws {
    guard hidden else {
      let flags = [
        ("--salt-key", saltKey != nil), ("--new-salt-key", newSaltKey != nil), ("--salt-id", saltID != nil),
        ("--hide-classes", hideClasses), ("--private-folder", privateFolder != nil),
      ]
      if let flag = flags.first(where: \.1) { throw ValidationError("\(flag.0) needs --hidden") }
      return
    }
    guard (saltKey == nil) != (newSaltKey == nil) else {
      throw ValidationError("--hidden needs either --salt-key FILE, or --new-salt-key FILE to create one")
    }
    if let saltID, SaltID(saltID) == nil {
      throw ValidationError("--salt-id \(saltID): expected 32 lower-case hexadecimal digits")
    }
  }

  /// Reads or makes the key; `nil` unless the records are hidden.
  ///
  /// - Parameter folder: The folder that will be published.
  /// - Returns: How the records are hidden.
  /// - Throws: `CertificateError`; `CommandError` when a secret would be in that folder, or `$SPLITSEAL_SALT_ID` is not valid.
  func salting(publishing folder: CertificateFiles) throws -> RecordSalting? {
    guard hidden, let path = saltKey ?? newSaltKey else { return nil }
    for secret in [path, privateFolder].compactMap(\.self) { try check(secret, isOutside: folder.folder) }
    try folder.checkRevealsNothing()
    let id = try id()
    if newSaltKey != nil {
      let key = SaltKey()
      try Interruption.finishing { try key.write(to: path) }
      return RecordSalting(key: key, id: id)
    }
    return RecordSalting(key: try Self.load(path), id: id)
  }

  /// The arguments with which `verify` can check hidden records.
  var arguments: [String] { (saltKey ?? newSaltKey).map { ["--salt-key", $0] } ?? [] }

  /// Writes the files that stay with the author, and warns about class names that will be published.
  ///
  /// - Parameters:
  ///   - signed: The certificate that was written.
  ///   - report: The bytes of the report.
  /// - Throws: `CertificateError` when the private folder cannot be written.
  func finish(_ signed: SignedCertificate, report: [UInt8]) throws {
    if let privateFolder { try CertificateFiles(folder: privateFolder).writePrivate(signed, report: report) }
    var labels: [String] = []
    for case .listed(let classes) in signed.claims.splits.map(\.classes) {
      for entry in classes where !labels.contains(where: { $0.hasSameBytes(as: entry.label) }) {
        labels.append(entry.label)
      }
    }
    guard !labels.isEmpty else { return }
    let shown = labels.prefix(5).map { "'\(printable($0))'" }.joined(separator: ", ")
    Console.note(
      "splitseal: warning: the certificate contains the names of"
        + " \(labels.count == 1 ? "a class" : "\(grouped(labels.count)) classes") with \(HiddenClasses.leastCount) images"
        + " or more: \(shown)\(labels.count > 5 ? ", ..." : ""); leave them out with --hide-classes")
  }

  /// Reads a salt key, and warns if other users can read it too.
  static func load(_ path: String) throws -> SaltKey {
    let loaded = try SaltKey.load(from: path)
    if loaded.isReadableByOthers {
      Console.note("splitseal: warning: \(printable(path)) can be read by other users: run chmod 600 on it")
    }
    return loaded.key
  }

  private func id() throws -> SaltID {
    if let id = saltID.flatMap({ SaltID($0) }) { return id }
    guard let text = ProcessInfo.processInfo.environment["SPLITSEAL_SALT_ID"], !text.isEmpty else { return SaltID() }
    guard let id = SaltID(text) else {
      throw CommandError("SPLITSEAL_SALT_ID is not 32 lower-case hexadecimal digits", hint: "correct it, or unset it")
    }
    return id
  }

  private func check(_ secret: String, isOutside folder: String) throws {
    func components(_ path: String) -> [String] {
      URL(filePath: path).standardizedFileURL.resolvingSymlinksInPath().pathComponents
    }
    // The file need not exist yet: its folder decides.
    let parts = components(URL(filePath: secret).deletingLastPathComponent().path) + [""]
    guard parts.starts(with: components(folder)) || components(secret) == components(folder) else { return }
    throw CommandError(
      "\(printable(secret)) is in the folder that is published with the certificate",
      hint: "keep it in a folder that only you can read")
  }
}
