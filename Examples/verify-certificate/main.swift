// A verifier in a few lines, without image codecs and without the detector: checks a certificate, and the records beside it.
//
// usage: swift run verify-certificate FOLDER/splitseal.sigstore.json SIGNER.pub
import SplitSealCertificate

do {
  let files = CertificateFiles(certificate: CommandLine.arguments[1])
  let key = try VerificationKey.load(from: CommandLine.arguments[2])
  let verifier = CertificateVerifier(trust: .keys([key]))
  let verification = verifier.verify(
    certificate: try files.readCertificate(), records: try files.readRecords(), dataset: nil)
  print(verification.status, verification.claims?.verdict.rawValue ?? "no claims")
  for problem in verification.problems { print(problem.subject.rawValue, problem.message) }
} catch {
  print(error)
}
