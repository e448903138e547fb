internal import SplitSealBase
internal import SplitSeal
internal import SplitSealAudit
internal import SplitSealManifest
internal import SplitSealMatch
internal import SplitSealPolicy
internal import SplitSealReport

extension AuditConfiguration {
  /// The configuration from the flags, and from the policy and the waivers beside the data.
  init(_ input: InputOptions, _ policies: PolicyOptions, _ waiving: WaiverOptions, _ audit: AuditOptions) throws {
    try self.init(input, policies)
    try apply(audit)
    waivers = try waiving.list(root: root())
    decisions = try waiving.deciding.list(root: root())
  }

  /// The part of the configuration that only concerns reading; a policy may say which columns are groups.
  init(_ input: InputOptions, _ policies: PolicyOptions) throws {
    self.init(input)
    try apply(policies, root: root())
    applyGrouping()
  }

  /// Applies the flags of the audit to the policy, and then the policy to the search.
  mutating func apply(_ audit: AuditOptions) throws {
    try audit.apply(to: &policy, &policySources)
    if let method = MatchMethod(rawValue: policy.match.method.rawValue) { match.method = method }
    (match.reportingThreshold, match.listingThreshold) = (policy.match.threshold, policy.match.threshold)
  }

  /// Real path of the dataset's root.
  func root() throws(ManifestError) -> String { try Manifest.root(of: inputs, options: manifest) }

  /// The part of the configuration that only concerns reading.
  init(_ input: InputOptions) {
    self.init(inputs: input.inputs)
    manifest = input.reading.manifestOptions
    limits = input.reading.limits
    workerCount = input.work.workerCount
  }
}

extension ReportContext {
  /// The context of the command that is running.
  ///
  /// - Parameters:
  ///   - configuration: Its configuration.
  ///   - depth: How deep it searched; `nil` if there is no single depth.
  ///   - isVerbose: Whether the report contains everything.
  init(_ configuration: AuditConfiguration, depth: SearchDepth?, isVerbose: Bool) {
    self.init(
      toolVersion: SplitSealCommand.version,
      command: ReproducingCommand.text(of: Array(CommandLine.arguments.dropFirst())),
      method: MethodDescription(configuration.match, depth: depth).lines, policySources: configuration.policySources,
      showsPolicy: isVerbose)
  }
}

/// The command line without options that do not change the result, such as outputs and the number of workers.
enum ReproducingCommand {
  private static let droppedOptions = [
    "--format", "--html", "--show-count", "--json", "--pairs", "--fingerprints", "--cache", "--jobs", "-j",
  ]
  private static let droppedFlags = ["--quiet", "-q", "--verbose", "-v", "--no-cache", "--show"]

  static func text(of arguments: [String]) -> String {
    var kept: [String] = []
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      if droppedOptions.contains(argument) {
        _ = rest.popFirst()
      } else if !droppedFlags.contains(argument), !droppedOptions.contains(where: { argument.hasPrefix($0 + "=") }) {
        kept.append(quoted(argument))
      }
    }
    return (["splitseal"] + kept).joined(separator: " ")
  }

  /// Quotes each argument for a POSIX shell where needed.
  static func quoted(_ arguments: [String]) -> String { arguments.map { quoted($0) }.joined(separator: " ") }

  private static func quoted(_ argument: String) -> String {
    guard !argument.unicodeScalars.contains(where: isHidden) else { return "$'" + escaped(argument) + "'" }
    let isPlain =
      !argument.isEmpty
      && argument.utf8.allSatisfy { byte in
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
          || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "-_./=,:+@%".utf8.contains(byte)
      }
    return isPlain
      ? argument
      : "'" + argument.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }

  private static func isHidden(_ scalar: Unicode.Scalar) -> Bool { printable(String(scalar)) != String(scalar) }

  /// The inside of `$'...'`, with every byte of what a terminal would act on or hide as three octal digits.
  ///
  /// - Source: POSIX.1-2024, Shell Command Language 2.2.4, Dollar-Single-Quotes.
  private static func escaped(_ argument: String) -> String {
    argument.unicodeScalars.map { scalar in
      guard isHidden(scalar) || scalar == "'" || scalar == "\\" else { return String(scalar) }
      return String(scalar).utf8.map { byte in
        let digits = String(byte, radix: 8)
        return "\\" + String(repeating: "0", count: 3 - digits.count) + digits
      }.joined()
    }.joined()
  }
}
