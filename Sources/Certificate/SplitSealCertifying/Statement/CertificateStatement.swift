internal import SplitSealRules
public import SplitSealKeys
public import SplitSealCertificate
internal import SplitSealBase
public import SplitSealAudit
internal import SplitSealFingerprint
public import SplitSealJSON
internal import SplitSealManifest
internal import SplitSealMatch
internal import SplitSealPolicy

/// What a certificate says: an in-toto statement about the records and manifests of a dataset.
///
/// - Source: in-toto/attestation, spec/v1/statement.md; docs/certificate.md has every member.
public struct CertificateStatement: Sendable {
  /// The statement.
  public let json: JSONValue
  /// The counts and roots it commits to.
  public let summary: RecordSummary

  /// The bytes that are signed: RFC 8785.
  public var payload: [UInt8] { json.canonicalBytes }

  /// States what an audit found about a set of records.
  ///
  /// - Parameters:
  ///   - result: The audit.
  ///   - records: The records of the audit's manifest.
  ///   - options: What the audit does not know.
  /// - Throws: ``CertificateError`` with code `badRecords` when there are too many splits, manifests, or seconds, or when
  ///   records that are to be hidden have no salts.
  public init(
    _ result: AuditResult, records: RecordSet, options: CertificateOptions
  ) throws(CertificateError) {
    guard TimeText.range.contains(options.createdAt) else {
      throw CertificateError(.badRecords, "the time of creation is not in the years 1970...9999")
    }
    summary = try RecordSummary(records, salting: options.salting)
    if let salting = options.salting, !records.areSalted(by: salting) {
      throw CertificateError(.badRecords, "the records are to be hidden and do not have their salts")
    }
    // Who guesses a manifest, or a file, could test the guess against its digest.
    let inputs = options.salting == nil ? CertificateInputs.named(result.input.manifest.inputs) : []
    let model =
      options.salting == nil
      ? options.modelSignature.map { [NamedDigest(name: "oms:\($0.name)", sha256: $0.sha256)] } ?? [] : []
    guard inputs.count + model.count < StatementNames.maximumSubjectCount else {
      throw CertificateError(
        .badRecords,
        "there are \(inputs.count) manifests, and \(StatementNames.maximumSubjectCount - 1 - model.count) fit",
        hint: "join the manifests into one with a split column")
    }
    let subjects = [NamedDigest(name: StatementNames.records, sha256: summary.recordsDigest)] + inputs + model
    json = .object([
      "_type": .string(StatementNames.statementType),
      "predicate": Self.predicate(result, summary, inputs, options),
      "predicateType": .string(StatementNames.predicateType),
      "subject": .array(subjects.map { Self.descriptor(NamedDigest(name: $0.name, sha256: $0.sha256)) }),
    ])
  }

  private static func predicate(
    _ result: AuditResult, _ summary: RecordSummary, _ inputs: [NamedDigest], _ options: CertificateOptions
  ) -> JSONValue {
    .object([
      "alikeness": alikeness(result.input),
      "certificate": .object([
        "createdAt": .string(TimeText.text(unixSeconds: options.createdAt)),
        "supersedes": options.supersedes.map { .string($0.description) },
      ]),
      "chanceMatches": result.input.power.map(chanceMatches),
      "commitment": commitment(
        summary, ignored: result.input.manifest.inputs.reduce(0) { $0 + $1.ignoredFileCount }, options.salting),
      "coverage": coverage(result.coverage),
      "dataset": .object([
        "inputs": inputs.isEmpty ? nil : .array(inputs.map(descriptor)),
        "license": options.license.map(JSONValue.string), "name": .string(options.datasetName),
        "uri": options.datasetURI.map(JSONValue.string), "version": options.datasetVersion.map(JSONValue.string),
      ]),
      "decisions": decisions(result),
      "environment": .object([
        "arch": .string(options.environment.architecture), "imageDecoder": .string(options.environment.imageDecoder),
        "os": .string(options.environment.operatingSystem),
      ]),
      "findings": findings(result, report: options.salting == nil ? options.report : nil),
      "limits": .array((limits + (options.salting == nil ? [] : [limitOfHiding])).map(JSONValue.string)),
      "overlaps": overlaps(summary, result, countsGroups: options.salting == nil),
      "parameters": .object([
        "config": options.salting == nil ? options.configuration.map(descriptor) : nil,
        "detectors": .array(options.detectors.map(detector)),
      ]),
      "policy": .object([
        "digest": digest(options.policyDigest), "failOn": .string(result.input.policy.failOn.rawValue),
        "id": .string(options.policyID), "verdict": .string(result.verdict.rawValue),
        "verdictWithoutWaivers": .string(result.verdictWithoutWaivers.rawValue),
        "version": .string(options.policyVersion),
      ]),
      "power": result.input.power.map(power),
      "references": references(result.input.references),
      "schemaVersion": .string(StatementNames.schemaVersion),
      "splits": .array(summary.splits.map { split($0, in: result, options) }),
      "tool": .object(["name": .string("splitseal"), "version": .string(options.toolVersion)]),
      "waivers": waivers(result, options.salting),
    ])
  }

  /// What a reader must not take the certificate for.
  private static let limits = [
    "Self-declared: it shows what the signer's tool reported, not that the tool was run honestly.",
    "No match means that the detectors listed under parameters found none, not that there is none.",
    "Nothing is said about label correctness, consent, or images not listed in records.jsonl.",
  ]
  private static let limitOfHiding =
    "The records are committed to and not published: without the salt key and the files no count can be recomputed."
}
