internal import SplitSealBase

extension CertificateVerifier {
  /// Steps 4 and 5 of a certificate that hides its records: with the salt key everything, without it nothing.
  ///
  /// - Returns: The records when they could be read with the salt key.
  @discardableResult func verifyHidden(
    _ claims: CertificateClaims, records: [UInt8]?, dataset: DatasetState?,
    _ verification: inout CertificateVerification
  ) -> RecordSet? {
    guard case .hidden(let saltID, let check) = claims.mode else { return nil }
    guard let saltKey else {
      if records == nil, dataset == nil {
        verification.notes.append(
          "the records are hidden: without the salt key and the files only the signature is checked, and that the"
            + " statement does not contradict itself")
      } else {
        verification.fail(
          .cannotRun, .records, "the records are hidden: to check them, or the files, give the salt key with --salt-key"
        )
      }
      return nil
    }
    let salting = RecordSalting(key: saltKey, id: saltID)
    if let check, check != salting.check {
      verification.fail(.mismatch, .records, "the salt key is not the one that the records were hidden with")
      return nil
    }
    if let records { return checkHidden(records, salting, claims, dataset, &verification) }
    if let dataset {
      checkRebuilt(dataset, claims, &verification, salting: salting)
    } else {
      verification.notes.append(
        "the salt key is that of the certificate; without the files there are no records to hold it against")
    }
    return nil
  }

  private func checkHidden(
    _ records: [UInt8], _ salting: RecordSalting, _ claims: CertificateClaims, _ dataset: DatasetState?,
    _ verification: inout CertificateVerification
  ) -> RecordSet? {
    guard let signed = checkRecords(records, claims, &verification, salting: salting) else { return nil }
    let others = signed.placesWithOtherSalts(than: salting)
    for record in others.prefix(listedPerKind) {
      verification.fail(
        .mismatch, .records,
        "\(record.path.quoted) in split \(record.split.quoted) has "
          + (record.salt == nil ? "no salt" : "another salt than the key gives"))
    }
    if others.count > listedPerKind {
      verification.fail(.mismatch, .records, "\(others.count - listedPerKind) more records have other salts")
    }
    if let dataset { checkFiles(signed, dataset, claims, &verification) }
    return signed
  }
}
