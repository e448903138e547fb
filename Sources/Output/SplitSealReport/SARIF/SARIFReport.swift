internal import SplitSealRules
internal import SplitSealBase
public import SplitSealAudit
internal import SplitSealFingerprint
public import SplitSealJSON
internal import SplitSealManifest
internal import SplitSealPolicy

/// The findings for services that collect what checkers find: SARIF 2.1.0.
///
/// Every finding is a result, those that are waived with a suppression, those that the baseline has as `unchanged`. What
/// held and what was not checked stand in the run, not among the results, because services show every result as an alert.
/// Like every report it holds no time and nothing of the machine.
/// - Source: OASIS, Static Analysis Results Interchange Format (SARIF) Version 2.1.0 Plus Errata 01.
public struct SARIFReport {
  /// The base of paths that start from the working directory; services take it for the checked-out repository.
  static let workingDirectory = "%SRCROOT%"
  /// The base of paths that start from the dataset's root where that is elsewhere.
  static let datasetRoot = "DATASET"

  let result: AuditResult
  let context: ReportContext
  let places: FilePlaces

  /// Prepares a report.
  ///
  /// - Parameters:
  ///   - result: The audit.
  ///   - context: What is said beside the result.
  ///   - folder: The dataset's root as seen from the working directory; `nil` when it is elsewhere.
  public init(_ result: AuditResult, context: ReportContext, folder: String? = nil) {
    self.result = result
    self.context = context
    places = FilePlaces(result.input.manifest, folder: folder)
  }

  /// The whole document with a final newline.
  public var text: String { value.prettyText }

  /// The document.
  public var value: JSONValue {
    .object([
      "$schema": .string("https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"),
      "version": .string("2.1.0"),
      "runs": .array([run]),
    ])
  }

  private var run: JSONValue {
    .object([
      "tool": .object(["driver": driver]),
      "automationDetails": .object([
        "id": .string("splitseal/"), "description": Self.message(VerdictSentence(result).text),
      ]),
      "invocations": .array([invocation]),
      "originalUriBaseIds": .object([
        Self.workingDirectory: .object(["description": Self.message("where splitseal was run")]),
        Self.datasetRoot: .object(["description": Self.message("the dataset's root")]),
      ]),
      "artifacts": .array(result.input.manifest.inputs.compactMap(artifact)),
      "results": .array(result.listedFindings.map { self.result($0.finding, $0.status) }),
      "properties": .object([
        "summary": .string(VerdictSentence(result).text),
        "leaks": .array(LeakTable(result).sentences(result).map { .string($0) }),
        "verdict": .string(result.verdict.rawValue),
        "verdictWithoutWaivers": .string(result.verdictWithoutWaivers.rawValue),
        "verdictWithoutBaseline": result.input.baseline == nil
          ? nil : .string(result.verdictWithoutBaseline.rawValue),
        "method": .array(context.method.map { .string($0) }),
        "held": .array(result.heldSentences.map { .string($0) }),
      ]),
    ])
  }

  /// How the run went: a dataset with findings was audited successfully.
  private var invocation: JSONValue {
    let (code, meaning) =
      switch result.verdict {
      case .pass: (0, "nothing at or above \(result.input.policy.failOn.rawValue)")
      case .fail: (1, "findings at or above \(result.input.policy.failOn.rawValue)")
      case .inconclusive: (3, "too little could be checked to say pass")
      }
    let notifications =
      result.inconclusive.map { notification(.inconclusive, level: "warning", $0) }
      + result.skippedChecks.map { notification(.notChecked, level: "note", $0) }
      + [result.unlistedText].compactMap(\.self).map { notification(.notListed, level: "note", $0) }
    return .object([
      "commandLine": .string(context.command),
      "executionSuccessful": .bool(true),
      "exitCode": .integer(code),
      "exitCodeDescription": .string(meaning),
      "toolExecutionNotifications": .array(notifications),
    ])
  }

  private func notification(_ kind: Notification, level: String, _ text: String) -> JSONValue {
    .object([
      "descriptor": .object(["id": .string(kind.rawValue)]),
      "level": .string(level),
      "message": Self.message(text),
    ])
  }

  private func artifact(_ input: ManifestInput) -> JSONValue? {
    guard let place = places.input(input) else { return nil }
    return .object([
      "location": location(of: place),
      "roles": .array([.string("analysisTarget")]),
      "hashes": input.sha256.map { .object(["sha-256": .string(hexadecimal($0))]) },
    ])
  }

  /// Where a file is, for an `artifactLocation`.
  func location(of place: FilePlaces.Place) -> JSONValue {
    let isAbsolute = place.path.utf8.first == UInt8(ascii: "/")
    return .object([
      "uri": .string(uriText(ofPath: place.path)),
      "uriBaseId": isAbsolute ? nil : .string(place.isBelowRoot ? Self.datasetRoot : Self.workingDirectory),
    ])
  }

  /// A message of plain text, in which `[text](target)` would be a link.
  static func message(_ text: String) -> JSONValue { .object(["text": .string(withoutLinks(text))]) }

  private static func withoutLinks(_ text: String) -> String {
    let bytes = Array(text.utf8)
    guard zip(bytes, bytes.dropFirst()).contains(where: { $0 == UInt8(ascii: "]") && $1 == UInt8(ascii: "(") }) else {
      return text
    }
    var escaped = ""
    for scalar in text.unicodeScalars {
      if scalar == "[" || scalar == "]" { escaped += "\\" }
      escaped.unicodeScalars.append(scalar)
    }
    return escaped
  }
}
