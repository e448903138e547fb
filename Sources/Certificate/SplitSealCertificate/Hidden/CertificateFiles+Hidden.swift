public import SplitSealKeys
internal import SplitSealBase
internal import SplitSealSystem

extension CertificateFiles {
  /// What a folder may hold that is published with a hidden certificate.
  private var harmless: [String] {
    [certificate, publicKey, gitAttributes].compactMap { $0.split(separator: "/").last.map(String.init) }
  }

  /// Refuses a folder that holds anything but a certificate, a public key and `.gitattributes`.
  ///
  /// Records and reports of an earlier, public certificate would reveal what the new one hides, and so would proofs, lists
  /// and keys. Nothing is removed: whether such a file has been published already is for its owner to say.
  ///
  /// - Throws: `CertificateError`: `revealing` with the first such file, `inputOutput`.
  public func checkRevealsNothing() throws(CertificateError) {
    guard let directory = unsafe opendir(folder) else {
      guard errno != ENOENT else { return }
      throw CertificateError(.inputOutput, "the folder cannot be read", file: folder)
    }
    defer { unsafe closedir(directory) }
    var names: [String] = []
    while let entry = unsafe readdir(directory) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { unsafe String(cString: $0) }
      }
      if name != ".", name != "..", !harmless.contains(where: { $0.hasSameBytes(as: name) }) { names.append(name) }
    }
    guard let first = names.min(by: { $0.precedesByBytes($1) }) else { return }
    throw CertificateError(
      .revealing, "this file would lie beside a certificate that hides the records, and may say what they are",
      hint: "move it away, or name another folder with -o", file: "\(folder)/\(first)")
  }

  /// Writes what a hidden certificate hides for its owner alone: the salted records and the report, in a folder of their
  /// own that nobody else may read.
  ///
  /// - Parameters:
  ///   - signed: The certificate.
  ///   - report: Bytes of the report.
  /// - Throws: `CertificateError` with code `inputOutput` and the file.
  public func writePrivate(_ signed: SignedCertificate, report: [UInt8]) throws(CertificateError) {
    try FileBytes.makeFolder(folder, mode: 0o700)
    try FileBytes.replace(records, signed.records, mode: 0o600)
    try FileBytes.replace(self.report, report, mode: 0o600)
  }
}
