internal import ArgumentParser
internal import SplitSeal

/// How much of a dataset is checked against a certificate.
struct VerifyDepth: ParsableArguments {
  @Flag(help: "Check only the signature, the statement and the records beside it; read no images.")
  var signatureOnly = false

  @Option(
    help: ArgumentHelp(
      "Check only this many files, chosen at random, and report how likely a change is to be missed.",
      valueName: "count"))
  var sample: Int?

  @Option(
    help: ArgumentHelp(
      "Seed for --sample, to choose the same files again (default: random, and printed).",
      valueName: "number"))
  var seed: UInt64?

  @Flag(
    help: "Check all files and run the audit again: findings, verdict, overlaps and detection power must be the same.")
  var audit = false

  @Option(help: ArgumentHelp("Seed for the probe of --audit, if certify was run with one.", valueName: "number"))
  var probeSeed: UInt32?

  @Option(
    help: ArgumentHelp("A newer certificate; warn if it replaces the one being verified.", valueName: "file"),
    completion: .file())
  var newer: String?

  func validate() throws {
    guard [signatureOnly, sample != nil, audit].count(where: \.self) <= 1 else {
      throw ValidationError("give only one of --signature-only, --sample and --audit")
    }
    if let sample, sample < 1 { throw ValidationError("--sample must be 1 or more") }
    if seed != nil, sample == nil { throw ValidationError("--seed has no effect without --sample") }
    if probeSeed != nil, !audit { throw ValidationError("--probe-seed has no effect without --audit") }
  }

  /// How much is checked; the seed of a sample that names none is drawn.
  var amount: VerificationDepth {
    if signatureOnly { return .statement }
    var system = SystemRandomNumberGenerator()
    if let sample { return .sample(sample, seed: seed ?? system.next()) }
    return audit ? .audit(probeSeed: probeSeed) : .files
  }

  /// The word for a check of only the certificate and the records beside it.
  static let statementWord = "signature-only"

  /// The word for how much was checked.
  var word: String {
    if signatureOnly { return Self.statementWord }
    if sample != nil { return "sample" }
    return audit ? "audit" : "full"
  }
}
