public import SplitSealKeys
internal import SplitSealBase
internal import SplitSealJSON

extension CertificateClaims {
  /// Reads a payload.
  ///
  /// Whether its signature was verified is for the caller to know, and to say.
  ///
  /// Types, versions and formats are compared exactly before anything else is read. Members that are not known are
  /// ignored, as in-toto asks, and cannot make a check weaker: no check depends on one.
  ///
  /// - Throws: `CertificateError`: `malformed`, or `unsupported` for another type, version or format.
  public init(payload: [UInt8]) throws(CertificateError) {
    var limits = JSONLimits()
    limits.maximumStringByteCount = 4 << 10
    limits.allowsDecimals = false
    let document: JSONValue
    do { document = try JSONParser.parse(payload, limits: limits) } catch {
      throw CertificateError(.malformed, "the statement is not JSON as certificates write it: \(error)")
    }
    let statement = StatementReader(document)
    try statement.expect("_type", StatementNames.statementType)
    try statement.expect("predicateType", StatementNames.predicateType)
    subjects = try statement.array("subject", limit: StatementNames.maximumSubjectCount) {
      file throws(CertificateError) in try file.namedDigest()
    }

    let predicate = try statement.object("predicate")
    let version = try predicate.string("schemaVersion")
    guard version.hasSameBytes(as: "1") || version.utf8.starts(with: "1.".utf8) else {
      throw CertificateError(.unsupported, "the schema version is \(version.quoted), and this version knows 1")
    }
    let commitment = try predicate.object("commitment")
    try commitment.expect("tree", StatementNames.tree)
    try commitment.expect("recordFormat", StatementNames.recordFormat)
    try commitment.expect("order", StatementNames.order)
    mode = try CommitmentMode(commitment)
    records = try commitment.object("records").namedDigest()
    imageCount = try commitment.count("images")
    byteCount = try commitment.count("bytes")
    ignoredFileCount = try commitment.optional("ignored")?.count()
    fields = try commitment.strings("fields")

    createdAt = try predicate.object("certificate").string("createdAt")
    guard TimeText.isValid(createdAt) else {
      throw CertificateError(.malformed, "predicate.certificate.createdAt is not a time like 2026-11-23T08:00:00Z")
    }
    let dataset = try predicate.object("dataset")
    datasetName = try dataset.string("name")
    datasetVersion = try dataset.optional("version")?.string()
    inputs =
      try dataset.optional("inputs")?.elements(limit: StatementNames.maximumSubjectCount) {
        file throws(CertificateError) in try file.namedDigest()
      } ?? []

    splits = try predicate.array("splits", limit: RecordSummary.maximumSplitCount) { split throws(CertificateError) in
      try Split(split)
    }
    overlaps = try predicate.array("overlaps") { pair throws(CertificateError) in try Overlap(pair) }
    let coverage = try predicate.object("coverage")
    listedCount = try coverage.count("listed")
    checkedCount = try coverage.count("checked")
    unreadableCount = try coverage.count("unreadable")
    self.coverage = try Coverage(coverage)
    alikeness = try predicate.optional("alikeness").map { entry throws(CertificateError) in try Alikeness(entry) }

    let findings = try predicate.object("findings")
    let bySeverity = try findings.object("bySeverity")
    noteCount = try bySeverity.count("note")
    warningCount = try bySeverity.count("warning")
    errorCount = try bySeverity.count("error")
    ruleCounts = try findings.array("byRule") { rule throws(CertificateError) in try RuleCount(rule) }
    report = try findings.optional("report")?.namedDigest()
    waivers =
      try predicate.optional("waivers")?.elements { waiver throws(CertificateError) in try Waiver(waiver) } ?? []

    decisions = try predicate.optional("decisions").map { entry throws(CertificateError) in try Decisions(entry) }

    power =
      try predicate.optional("power")?.elements(limit: StatementNames.maximumEditCount) {
        entry throws(CertificateError) in try EditRecall(entry)
      } ?? []

    terms = try Terms(predicate)
    supersedes = try Self.supersedes(predicate)
    unknownMembers = StatementMembers.unknown(in: document)
    references =
      try predicate.optional("references")?.elements(limit: StatementNames.maximumReferenceCount) {
        entry throws(CertificateError) in try Reference(entry)
      } ?? []

    let policy = try predicate.object("policy")
    failOn = try policy.word("failOn")
    verdict = try policy.word("verdict")
    verdictWithoutWaivers = try policy.optional("verdictWithoutWaivers")?.word()
    let tool = try predicate.object("tool")
    self.tool = "\(try tool.string("name")) \(try tool.string("version"))"
  }
}

extension CertificateClaims.Split {
  fileprivate init(_ split: StatementReader) throws(CertificateError) {
    name = try split.string("name")
    role = try split.string("role")
    count = try split.count("count")
    byteCount = try split.count("bytes")
    groupCount = try split.optional("groups")?.count() ?? 0
    coverage = try CertificateClaims.Coverage(split)
    recordRoot = try split.digest("recordRoot")
    contentRoot = try split.digest("contentRoot")
    guard let classes = split.optional("classes") else {
      self.classes = .listed([])
      return
    }
    if classes.value.array != nil {
      self.classes = .listed(
        try classes.elements(limit: StatementNames.maximumListedClassCount) { entry throws(CertificateError) in
          RecordSummary.ClassCount(label: try entry.string("label"), count: try entry.count("count"))
        })
    } else {
      self.classes = .summarized(
        count: try classes.count("classes"), minimum: try classes.count("min"), maximum: try classes.count("max"),
        digest: try classes.object("digest").digest("sha256"))
    }
  }
}

extension CertificateClaims.Overlap {
  fileprivate init(_ pair: StatementReader) throws(CertificateError) {
    first = try pair.string("a")
    second = try pair.string("b")
    exactBytes = try pair.count("exactBytes")
    exactPixels = try pair.count("exactPixels")
    nearDuplicate = try pair.count("nearDuplicate")
    sharedGroups = try pair.optional("sharedGroups")?.count()
  }
}

extension CertificateClaims.RuleCount {
  fileprivate init(_ entry: StatementReader) throws(CertificateError) {
    rule = try entry.string("rule")
    severity = try entry.word("severity")
    count = try entry.count("count")
    waivedCount = try entry.optional("waived")?.count() ?? 0
  }
}

extension CertificateClaims.Decisions {
  fileprivate init(_ entry: StatementReader) throws(CertificateError) {
    reported = try Counts(entry.object("reported"))
    belowThreshold = try Counts(entry.object("belowThreshold"))
    waivedCount = try entry.count("waived")
    staleCount = try entry.count("stale")
  }
}

extension CertificateClaims.Decisions.Counts {
  fileprivate init(_ entry: StatementReader) throws(CertificateError) {
    same = try entry.count("same")
    different = try entry.count("different")
    unsure = try entry.count("unsure")
  }
}

extension CertificateClaims.Waiver {
  fileprivate init(_ entry: StatementReader) throws(CertificateError) {
    finding = entry.optional("finding") == nil ? nil : try entry.digest("finding")
    rule = try entry.string("rule")
    reason = try entry.optional("reason")?.string()
    by = try entry.optional("by")?.string()
    until = try entry.optional("until")?.string()
  }
}

extension StatementReader {
  /// A file's name and its one digest, which is SHA-256: weaker digests are no digests here.
  fileprivate func namedDigest() throws(CertificateError) -> NamedDigest {
    let digest = try object("digest")
    guard digest.value.members?.count == 1 else { throw fault("has other digests than 'sha256'", "digest") }
    return NamedDigest(
      name: try string("name"), mediaType: try optional("mediaType")?.string(), sha256: try digest.digest("sha256"))
  }
}
