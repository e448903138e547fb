internal import SplitSealKeys
internal import SplitSealBase
internal import ArgumentParser
internal import SplitSealCertificate
internal import SplitSealManifest

/// `splitseal trust`.
struct TrustCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trust",
    abstract: "Manage your list of trusted signers.",
    discussion: """
      The list is a file in the format of ssh-keygen's allowed_signers: $SPLITSEAL_TRUST, or splitseal/allowed_signers in \
      your configuration folder. verify uses it only with --trusted. Only 'trust add' adds signers to it.
      """,
    subcommands: [TrustAddCommand.self, TrustListCommand.self, TrustRemoveCommand.self])
}

/// `splitseal trust add`.
struct TrustAddCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Add a signer to your trusted list.",
    discussion: "Compare the printed fingerprint with the one in the paper.")

  @Argument(
    help: ArgumentHelp("Public key of the signer, in PEM or OpenSSH format.", valueName: "key"), completion: .file())
  var key: String

  @Option(help: ArgumentHelp("Name of the signer: one word, such as ann@example.org.", valueName: "name"))
  var identity: String

  @Option(help: ArgumentHelp("Trust only signatures made from this time on.", valueName: "YYYYMMDD[HHMM[SS]][Z]"))
  var validAfter: String?

  @Option(help: ArgumentHelp("Trust only signatures made until this time.", valueName: "YYYYMMDD[HHMM[SS]][Z]"))
  var validBefore: String?

  func run() throws {
    let key = try VerificationKey.load(from: key)
    let addition = TrustStore.Addition(
      key: key, identity: identity, validAfter: try Self.time(validAfter, "--valid-after"),
      validBefore: try Self.time(validBefore, "--valid-before"))
    let store = try TrustOptions.store()
    try Interruption.finishing { try store.add(addition) }
    try Output.standard.write(
      """
      trusted      \(printable(identity))
      fingerprint  \(key.fingerprint)
      file         \(printable(store.path))

      """)
  }

  private static func time(_ text: String?, _ flag: String) throws -> Int? {
    guard let text else { return nil }
    guard let seconds = AllowedSigners.unixSeconds(text) else {
      throw ValidationError("\(flag) \(text): expected a time like 20261231 or 202612312359Z")
    }
    return seconds
  }
}

/// `splitseal trust list`.
struct TrustListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Print your trusted signers: name, fingerprint and dates of validity.")

  func run() throws {
    let store = try TrustOptions.store()
    let signers = try store.signers()
    let lines = signers.entries.map { entry in
      let name = printable(entry.identities)
      guard let key = entry.key else { return "\(name)  \(entry.keyType), which cannot sign certificates" }
      let state: String =
        switch signers.state(of: entry, at: TrustOptions.now) {
        case .valid: ""
        case .invalid(let reason): "  (\(reason))"
        }
      let times = [entry.validAfter.map { ("from", $0) }, entry.validBefore.map { ("until", $0) }].compactMap(\.self)
        .map { "  \($0.0) \(AllowedSigners.text(unixSeconds: $0.1))" }
      return "\(name)  \(key.fingerprint)\(times.joined())\(state)"
    }
    if lines.isEmpty { Console.note("splitseal: there are no trusted signers in \(store.path)") }
    try Output.standard.write(lines.map { $0 + "\n" }.joined())
  }
}

/// `splitseal trust remove`.
struct TrustRemoveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "Remove a signer from your trusted list.",
    discussion: "Removes every line with this name, or with the key of this fingerprint.")

  @Argument(help: ArgumentHelp("Name of the signer in the list, or fingerprint SHA256:...", valueName: "name"))
  var name: String

  func run() throws {
    let store = try TrustOptions.store()
    let removed = try Interruption.finishing { try store.remove(name) }
    let lines = removed.map { entry in
      "removed  \(printable(entry.identities))  \(entry.key?.fingerprint.description ?? entry.keyType)\n"
    }
    try Output.standard.write(lines.joined())
  }
}
