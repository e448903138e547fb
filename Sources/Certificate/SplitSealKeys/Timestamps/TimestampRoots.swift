internal import SwiftASN1
@_spi(FixedExpiryValidationTime) internal import X509

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Certificates of the authorities whose timestamps are trusted.
public struct TimestampRoots: Hashable, Sendable {
  /// Most bytes of a file of roots: that of all of the web's has 220,000.
  static let maximumByteCount = 4 << 20

  /// Each certificate's DER, which has been read once: importers of this module need not load X.509.
  private let certificates: [[UInt8]]

  /// Reads certificates in PEM.
  ///
  /// - Parameters:
  ///   - bytes: The file's bytes.
  ///   - file: Its name, for errors.
  /// - Throws: ``CertificateError`` with code `badTimestamp` when there is none, or one that cannot be read.
  public init(pem bytes: [UInt8], file: String? = nil) throws(CertificateError) {
    let blocks = PEM.blocks(of: bytes).filter { $0.label == "CERTIFICATE" }
    guard !blocks.isEmpty else {
      throw CertificateError(
        .badTimestamp, "there is no 'CERTIFICATE' block", hint: "give the authority's root certificate in PEM",
        file: file)
    }
    for (index, block) in blocks.enumerated() where (try? Certificate(derEncoded: block.bytes)) == nil {
      throw CertificateError(.badTimestamp, "certificate \(index + 1) cannot be read", file: file)
    }
    certificates = blocks.map(\.bytes)
  }

  /// Reads a file of at most 4 MiB.
  ///
  /// - Throws: ``CertificateError``: `notFound`, `inputOutput`, `tooLarge`, `badTimestamp`.
  public static func load(from path: String) throws(CertificateError) -> TimestampRoots {
    let hint = "give the authority's root certificate in PEM"
    return try TimestampRoots(pem: FileBytes.read(path, limit: maximumByteCount, missingHint: hint).bytes, file: path)
  }

  /// Checks that one of the roots vouches for a timestamp's authority at the time that it names.
  ///
  /// - Source: RFC 5280, section 6; RFC 3161, section 2.3.
  func vouch(for leaf: Certificate, of token: TimestampToken) async throws(TimestampFault) {
    let time = Date(timeIntervalSince1970: TimeInterval(token.unixSeconds))
    guard leaf.notValidBefore <= time, time <= leaf.notValidAfter else {
      throw TimestampFault(isUntrusted: true, reason: "the certificate of its authority was not valid at that time")
    }
    let roots = certificates.compactMap { try? Certificate(derEncoded: $0) }
    var verifier = Verifier(rootCertificates: CertificateStore(roots)) {
      RFC5280Policy(fixedExpiryValidationTime: time)
      TimeStampingPolicy()
    }
    let others = token.certificates.map(\.certificate).filter { $0 != leaf }
    switch await verifier.validate(leaf: leaf, intermediates: CertificateStore(others)) {
    case .validCertificate: return
    case .couldNotValidate(let failures):
      let reason = failures.first.map { ": \($0.policyFailureReason)" } ?? ""
      throw TimestampFault(isUntrusted: true, reason: "no given root vouches for its authority\(reason)")
    }
  }
}

/// What a certificate needs for timestamps: the one purpose, marked critical.
///
/// - Source: RFC 3161, section 2.3; RFC 5280, sections 4.2.1.3 and 4.2.1.12.
private struct TimeStampingPolicy: VerifierPolicy {
  let verifyingCriticalExtensions: [ASN1ObjectIdentifier] = [.X509ExtensionID.extendedKeyUsage]

  func chainMeetsPolicyRequirements(chain: UnverifiedCertificateChain) -> PolicyEvaluationResult {
    let extensions = chain.leaf.extensions
    guard let found = extensions[oid: .X509ExtensionID.extendedKeyUsage], found.critical,
      let usage = try? ExtendedKeyUsage(found), usage.elementsEqual([.timeStamping])
    else { return .failsToMeetPolicy(reason: "its certificate is not for timestamps alone") }
    if let usage = try? extensions.keyUsage, !usage.digitalSignature, !usage.nonRepudiation {
      return .failsToMeetPolicy(reason: "its certificate is not for signatures")
    }
    return .meetsPolicy
  }
}
