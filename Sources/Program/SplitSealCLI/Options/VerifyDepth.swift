internal import ArgumentParser

/// How much is held against a certificate.
struct VerifyDepth: ParsableArguments {
  @Flag(help: "Check the signature, the statement and the records beside it; read no other file.")
  var signatureOnly = false

  @Option(
    help: ArgumentHelp(
      "Read this many files, drawn at random, instead of all, and say how likely a change would be missed.",
      valueName: "count"))
  var sample: Int?

  @Option(
    help: ArgumentHelp(
      "Seed of --sample, to draw the same files again (default: from the system's random numbers, and printed).",
      valueName: "number"))
  var seed: UInt64?

  @Flag(help: "Read all files and run the audit again: findings, verdict, overlaps and power have to be the same.")
  var audit = false

  @Option(help: ArgumentHelp("Seed of the probe of --audit, as certify was given it.", valueName: "number"))
  var probeSeed: UInt32?

  @Option(
    help: ArgumentHelp("A newer certificate: warn when it supersedes the one that is verified.", valueName: "file"),
    completion: .file())
  var newer: String?

  func validate() throws {
    guard [signatureOnly, sample != nil, audit].count(where: \.self) <= 1 else {
      throw ValidationError("give one of --signature-only, --sample and --audit")
    }
    if let sample, sample < 1 { throw ValidationError("--sample must be 1 or more") }
    if seed != nil, sample == nil { throw ValidationError("--seed is of no use without --sample") }
    if probeSeed != nil, !audit { throw ValidationError("--probe-seed is of no use without --audit") }
  }

  /// The word for a check of the certificate, and the records beside it, alone.
  static let statementWord = "signature-only"

  /// The word for how deep it went.
  var word: String {
    if signatureOnly { return Self.statementWord }
    if sample != nil { return "sample" }
    return audit ? "audit" : "full"
  }
}
