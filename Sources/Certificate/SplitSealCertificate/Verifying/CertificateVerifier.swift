public import SplitSealKeys
public import SplitSealBase

/// Holds a certificate against keys, records and files.
public struct CertificateVerifier: Sendable {
  /// Whose signature is good enough.
  public enum Trust: Hashable, Sendable {
    /// The signer must hold one of these keys, which the caller got from somewhere trustworthy.
    case keys([VerificationKey])
    /// The signer's key must have this fingerprint. The key itself may come from anywhere, such as the file beside the
    /// certificate: it is the fingerprint that decides.
    case fingerprint(KeyFingerprint, keyBeside: VerificationKey?)
    /// The signer's key must stand in a list, for this identity or, where it is `nil`, for anybody; validity is held
    /// against a trusted timestamp where there is one, else against `now`, in seconds since 1970.
    case signers(AllowedSigners, identity: String?, now: Int, keyBeside: VerificationKey?)
    /// Nobody is trusted; a key that lies beside the certificate only shows whether the signature is whole.
    case nobody(keyBeside: VerificationKey?)

    var candidates: [VerificationKey] {
      switch self {
      case .keys(let keys): keys
      case .fingerprint(_, let key), .nobody(let key): key.map { [$0] } ?? []
      // The one beside is enough to say that the signature is whole and its signer unknown.
      case .signers(let list, _, _, let key): list.keys + (key.map { [$0] } ?? [])
      }
    }
  }

  /// Whose signature is good enough.
  public var trust: Trust
  /// Keys that are trusted no more, whatever ``trust`` says.
  public var revoked = RevokedKeys()
  /// What became of the certificate's timestamps; `nil` when they were not checked.
  public var timestamps: TimestampCheck?
  /// Whether images that nobody signed are mentioned only.
  public var allowsExtraFiles = false
  /// Differences of one kind that are told one by one; the rest is counted.
  public var listedPerKind = 20

  /// The key that the records of a hidden certificate are salted with; `nil` when the caller has none.
  public var saltKey: SaltKey?

  /// SHA-256 of the report that lies beside the certificate; `nil` when the caller has none.
  public var report: Digest256?

  /// Packs that the caller has, by the names they give themselves: the certificate must name each.
  public var references: [NamedDigest] = []

  /// Makes a verifier.
  public init(trust: Trust) { self.trust = trust }

  /// Checks the signature, the claims, the records and the files, in this order.
  ///
  /// - Parameters:
  ///   - certificate: The file's bytes: a Sigstore bundle or a bare DSSE envelope.
  ///   - records: The bytes of `records.jsonl`; `nil` to rebuild them from `dataset`.
  ///   - dataset: The dataset as it lies on disk; `nil` when the files are not to be checked.
  /// - Returns: What holds and what does not.
  /// - Complexity: O(*n* log *n*) for *n* records.
  public func verify(certificate: [UInt8], records: [UInt8]?, dataset: DatasetState?) -> CertificateVerification {
    var verification = CertificateVerification()
    guard let claims = signedClaims(certificate, &verification) else { return verification }
    verification.claims = claims
    for sentence in claims.contradictions { verification.fail(.mismatch, .claims, sentence) }
    checkReport(claims, &verification)
    checkReferences(claims, &verification)
    guard !claims.mode.isHidden else {
      verifyHidden(claims, records: records, dataset: dataset, &verification)
      return verification
    }
    if let records {
      if let signed = checkRecords(records, claims, &verification), let dataset {
        checkFiles(signed, dataset, claims, &verification)
      }
    } else if let dataset {
      checkRebuilt(dataset, claims, &verification)
    } else {
      verification.fail(.cannotRun, .records, "there are neither records nor files to hold the certificate against")
    }
    return verification
  }

  /// Steps 1 and 2: the signature, and what it covers.
  func signedClaims(
    _ certificate: [UInt8], _ verification: inout CertificateVerification
  ) -> CertificateClaims? {
    let envelope: Envelope
    do { envelope = try Envelope(parsing: certificate) } catch {
      verification.fail(.malformed, .certificate, error.message)
      return nil
    }
    guard !trust.candidates.isEmpty else {
      verification.fail(
        .cannotRun, .signature, "there is no public key to check the signature with; give one with --public-key")
      return nil
    }
    guard let key = trust.candidates.first(where: { envelope.isSigned(by: $0) }) else {
      let shown = trust.candidates.prefix(3).map(\.fingerprint.description).joined(separator: ", ")
      let rest = trust.candidates.count - 3
      let names = rest > 0 ? "\(shown) or \(rest) more" : shown
      let hint = envelope.keyID.map { "; the certificate says it was signed by \($0.quoted)" } ?? ""
      verification.fail(.mismatch, .signature, "the signature was not made by \(names) over this payload\(hint)")
      return nil
    }
    let signer = key.fingerprint
    verification.signer = signer
    verification.certificateID = envelope.certificateID
    judgeTimestamps(of: envelope, &verification)
    judge(key, &verification)
    for case let name? in [envelope.keyID, envelope.hint] where !name.hasSameBytes(as: signer.description) {
      verification.notes.append("the certificate names key \(name.quoted), and was signed by \(signer)")
    }
    do { return try CertificateClaims(payload: envelope.payload) } catch {
      verification.fail(.malformed, .certificate, error.message)
      return nil
    }
  }

  /// The report beside the certificate, when there is one and the certificate names one: people read it, and take it for
  /// signed.
  func checkReport(_ claims: CertificateClaims, _ verification: inout CertificateVerification) {
    guard let signed = claims.report, let report else { return }
    verification.checkedReport = true
    guard report != signed.sha256 else { return }
    verification.fail(
      .mismatch, .report, "\(signed.name.quoted) is not the report that was signed (SHA-256 \(report))")
  }

  /// Step 3: the records, when their file is there.
  func checkRecords(
    _ bytes: [UInt8], _ claims: CertificateClaims, _ verification: inout CertificateVerification,
    salting: RecordSalting? = nil
  ) -> RecordSet? {
    var limits = RecordLimits()
    limits.maximumCount = claims.imageCount
    do {
      let restored = RecordSet.withoutCarriageReturns(bytes)
      if restored != nil {
        verification.notes.append(
          "\(claims.records.name.quoted) has CRLF line ends, as git writes where core.autocrlf is on: it was read as if it"
            + " had LF")
      }
      let records = try RecordSet(parsing: restored ?? bytes, limits: limits)
      for sentence in claims.differences(from: try RecordSummary(records, salting: salting)) {
        verification.fail(.mismatch, .records, sentence)
      }
      verification.checkedRecords = true
      return records
    } catch {
      let line = error.line.map { ", line \($0)" } ?? ""
      verification.fail(.mismatch, .records, "\(claims.records.name.quoted)\(line): \(error.message)")
      return nil
    }
  }

  /// Step 4: the files against the records.
  func checkFiles(
    _ signed: RecordSet, _ dataset: DatasetState, _ claims: CertificateClaims,
    _ verification: inout CertificateVerification
  ) {
    checkFaults(dataset, &verification)
    let differences = RecordDifference.all(signed: signed, current: dataset)
    tell(differences, &verification)
    checkInputs(dataset, claims, hasSameRecords: differences.isEmpty, &verification)
    checkPassedOver(dataset, claims, &verification)
    verification.checkedFiles = true
  }

  func tell(_ differences: [RecordDifference], _ verification: inout CertificateVerification) {
    for kind in RecordDifference.Kind.allCases {
      let ofKind = differences.filter { $0.kind == kind }
      var sentences = ofKind.prefix(listedPerKind).map(\.message)
      if ofKind.count > listedPerKind {
        sentences.append("\(ofKind.count - listedPerKind) more images are \(kind.rawValue)")
      }
      if kind == .added, allowsExtraFiles {
        verification.notes += sentences
      } else {
        for sentence in sentences { verification.fail(.mismatch, .files, sentence) }
      }
    }
  }

  /// Steps 3 and 4 without a file of records: a dataset that has not changed gives the same records again.
  func checkRebuilt(
    _ dataset: DatasetState, _ claims: CertificateClaims, _ verification: inout CertificateVerification,
    salting: RecordSalting? = nil
  ) {
    checkFaults(dataset, &verification)
    for place in dataset.unreadable.prefix(listedPerKind) {
      verification.fail(
        .mismatch, .files, "\(place.path.quoted) in split \(place.split.quoted) is listed and cannot be read")
    }
    do {
      let records = salting.map { dataset.records.salted($0) } ?? dataset.records
      for sentence in claims.differences(from: try RecordSummary(records, salting: salting)) {
        verification.fail(.mismatch, .files, sentence)
      }
    } catch {
      verification.fail(.mismatch, .files, error.message)
    }
    checkInputs(dataset, claims, hasSameRecords: true, &verification)
    checkPassedOver(dataset, claims, &verification)
    verification.checkedFiles = true
  }

  func checkFaults(_ dataset: DatasetState, _ verification: inout CertificateVerification) {
    for fault in dataset.faults.prefix(listedPerKind) { verification.fail(.mismatch, .files, fault) }
    if dataset.faults.count > listedPerKind {
      let count = dataset.faults.count - listedPerKind
      verification.fail(.mismatch, .files, "\(count) more rows break the rules of records")
    }
  }

  /// Files that are passed over by their names: other programs may take them for images all the same.
  func checkPassedOver(
    _ dataset: DatasetState, _ claims: CertificateClaims, _ verification: inout CertificateVerification
  ) {
    let (count, signedCount) = (dataset.ignoredFileCount, claims.ignoredFileCount ?? dataset.ignoredFileCount)
    if count != signedCount {
      verification.notes.append(
        "files and hidden folders that are not taken for images: \(count), and \(signedCount) when the certificate was"
          + " made")
    }
    let images = dataset.unlistedImages
    var sentences = images.prefix(listedPerKind).map {
      "\($0.quoted) is an image by its content, and is not signed: its name is passed over"
    }
    if images.count > listedPerKind {
      sentences.append("\(images.count - listedPerKind) more files are images by their content, and are not signed")
    }
    // Those that were there when the certificate was made are no change.
    if count > signedCount, !allowsExtraFiles {
      for sentence in sentences { verification.fail(.mismatch, .files, sentence) }
    } else {
      verification.notes += sentences
    }
  }

  /// A manifest may be sorted or quoted anew without a record changing, so its bytes are only mentioned.
  func checkInputs(
    _ dataset: DatasetState, _ claims: CertificateClaims, hasSameRecords: Bool,
    _ verification: inout CertificateVerification
  ) {
    for input in claims.inputs {
      guard let current = dataset.inputs.first(where: { $0.name.hasSameBytes(as: input.name) }) else {
        verification.notes.append("manifest \(input.name.quoted) was signed and is not among those that were read")
        continue
      }
      guard current.sha256 != input.sha256 else { continue }
      // Images that came since are no problem where they are allowed, and still other records.
      let agrees =
        hasSameRecords && verification.problems.allSatisfy { $0.subject != .files && $0.subject != .records }
      verification.notes.append(
        "manifest \(input.name.quoted) has other bytes than were signed" + (agrees ? "; its records are the same" : ""))
    }
  }
}
