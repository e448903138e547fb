@testable import SplitSealKeys
import Foundation
import Testing

@testable import SplitSealCertificate

/// A list of signers means what ssh-keygen takes it to mean.
@Suite struct AllowedSignersTests {
  private let folder = Tool.Folder()

  /// One list, a question, and the answer that ssh-keygen(1) gives.
  struct Case: Sendable, CustomTestStringConvertible {
    let lines: String
    let identity: String
    let time: String
    let isAllowed: Bool
    /// A part of the reason.
    let reason: String
    var testDescription: String { "\(lines) | \(identity) | \(time)" }

    init(
      _ lines: String, _ isAllowed: Bool, _ reason: String = "", as identity: String = "ann@example.org",
      at time: String = "20260701Z"
    ) {
      (self.lines, self.identity, self.time, self.isAllowed, self.reason) = (lines, identity, time, isAllowed, reason)
    }
  }

  /// `KEY` stands for the signer's key, `OTHER` for somebody else's.
  static let cases = [
    Case("ann@example.org KEY", true),
    Case("ann@example.org KEY a comment", true),
    Case("  \tann@example.org\t KEY", true),
    Case("# ann@example.org OTHER\n\nann@example.org KEY\n", true),
    Case("ann@example.org OTHER", false),
    Case("bob@example.org KEY", false, "the key is that of 'bob@example.org', not of 'ann@example.org'"),
    Case("bob@example.org KEY\nann@example.org KEY", true),
    Case("Ann@example.org KEY", false, "not of"),
    Case("*@example.org KEY", true), Case("a?n@example.org KEY", true), Case("a?@example.org KEY", false, "not of"),
    Case("* KEY", true), Case("*a*e*e*g KEY", true), Case("*b*e*g KEY", false, "not of"),
    Case("bob@example.org,ann@example.org KEY", true),
    Case("*@example.org,!ann@example.org KEY", false, "not of"), Case("!bob@example.org,*@example.org KEY", true),
    Case("!ann@example.org,* KEY", false, "not of"), Case("!bob@example.org KEY", false, "not of"),
    Case("\"ann@example.org\" KEY", true), Case("\"ann of the hill\" KEY", true, as: "ann of the hill"),
    Case("ann@example.org namespaces=\"splitseal\" KEY", true),
    Case("ann@example.org namespaces=\"git,splitseal\" KEY", true),
    Case("ann@example.org namespaces=\"split*\" KEY", true),
    Case("ann@example.org namespaces=\"git\" KEY", false, "the key may sign in 'git', not in 'splitseal'"),
    Case("ann@example.org namespaces=\"*,!splitseal\" KEY", false, "not in 'splitseal'"),
    Case("ann@example.org NAMESPACES=\"git\" KEY", false, "not in"),
    Case("ann@example.org cert-authority KEY", false, "vouches for other keys"),
    Case("ann@example.org valid-after=\"20260701Z\" KEY", true),
    Case(
      "ann@example.org valid-after=\"20260701Z\" KEY", false,
      "not yet valid now: its signatures count from 2026-07-01T00:00:00Z", at: "20260630235959Z"),
    Case("ann@example.org valid-before=\"20260701Z\" KEY", true, at: "20260630235959Z"),
    Case("ann@example.org valid-before=\"20260701Z\" KEY", true),
    Case(
      "ann@example.org valid-before=\"20260701Z\" KEY", false,
      "has expired: its signatures counted until 2026-07-01T00:00:00Z", at: "20260701000001Z"),
    Case("ann@example.org valid-after=\"202606301200Z\",valid-before=\"20260701120000Z\" KEY", true),
    Case("ann@example.org namespaces=\"splitseal\",valid-before=\"20250101Z\" KEY", false, "has expired"),
    Case("ann@example.org valid-before=\"20250101Z\" KEY\nann@example.org KEY", true),
    Case("ann@example.org RSA\nann@example.org KEY", true),
  ]

  @Test(.enabled(if: Tool.exist("ssh-keygen"), "needs ssh-keygen"))
  func `ssh-keygen gives the same answers`() throws {
    try #require(
      try folder.run(
        """
        for k in k o; do ssh-keygen -q -t ed25519 -N '' -C '' -f $k; done; ssh-keygen -q -t rsa -b 1024 -N '' -C '' -f r
        printf text > t; ssh-keygen -q -Y sign -f k -n splitseal t
        """
      ).status == 0)
    let key = try VerificationKey.load(from: folder.path("k.pub"))
    let names = try [("KEY", "k.pub"), ("OTHER", "o.pub"), ("RSA", "r.pub")].map {
      ($0.0, try folder.text($0.1).trimmedOfLineFeed)
    }
    for example in Self.cases {
      let text = names.reduce(example.lines) { $0.replacing($1.0, with: $1.1) } + "\n"
      try folder.write("signers", text)
      let verified = try folder.run(
        "ssh-keygen -Y verify -f signers -I '\(example.identity)' -n splitseal -O verify-time=\(example.time) -s t.sig < t"
      )
      #expect(
        (verified.status == 0) == example.isAllowed, "ssh-keygen on \(example.testDescription): \(verified.output)")
      let list = try AllowedSigners(parsing: Array(text.utf8))
      let seconds = try #require(SignerTime.unixSeconds(example.time))
      let decision = list.decision(on: key, identity: example.identity, at: seconds)
      switch decision {
      case .allowed(let identity):
        #expect(example.isAllowed, "\(example.testDescription)")
        #expect(identity == example.identity)
      case .refused(let reason):
        #expect(!example.isAllowed && !example.reason.isEmpty, "\(example.testDescription): \(reason)")
        #expect(reason.contains(example.reason), "\(reason)")
      case .unknown: #expect(!example.isAllowed && example.reason.isEmpty, "\(example.testDescription)")
      }
    }
  }

  @Test(.enabled(if: Tool.exist("ssh-keygen"), "needs ssh-keygen"))
  func `ssh-keygen finds who signed by a line that trust adds`() throws {
    try #require(
      try folder.run(
        "ssh-keygen -q -t ed25519 -N '' -C '' -f k; printf text > t; ssh-keygen -q -Y sign -f k -n splitseal t"
      ).status == 0)
    let key = try VerificationKey.load(from: folder.path("k.pub"))
    let store = TrustStore(path: folder.path("trust/signers"))
    try store.add(.init(key: key, identity: "ann@example.org", validAfter: 1_700_000_000))
    #expect(try folder.run("ssh-keygen -Y find-principals -f trust/signers -s t.sig").output == "ann@example.org\n")
    #expect(
      try folder.run("ssh-keygen -Y verify -f trust/signers -I ann@example.org -n splitseal -s t.sig < t").status == 0)
    #expect(try folder.run("ssh-keygen -Y verify -f trust/signers -I ann@example.org -n git -s t.sig < t").status != 0)
    #expect(
      try folder.text("trust/signers")
        == "ann@example.org namespaces=\"splitseal\",valid-after=\"20231114221320Z\" \(key.openSSHLine)\n")
  }

  static let key = OpenSSHKeyTests.line

  @Test(arguments: [
    ("ann", "there is no key behind the name"), ("\"ann \(key)", "a quotation mark is not closed"),
    ("\"\" \(key)", "the line names nobody"), ("ann ssh-ed25519 AAAA", "not a public key of OpenSSH"),
    ("ann ssh-ed25519", "not a public key of OpenSSH"),
    ("ann verify-required \(key)", "the option 'verify-required' is not known"),
    ("ann namespaces=splitseal \(key)", "not in quotation marks"),
    ("ann namespaces=\"\" \(key)", "'namespaces' is empty"),
    ("ann namespaces=\"splitseal \(key)", "a quotation mark is not closed"),
    ("ann namespaces=\"a\",namespaces=\"b\" \(key)", "is given twice"),
    ("ann cert-authority, \(key)", "end with a comma"),
    ("ann valid-after=\"tomorrow\" \(key)", "no time like"), ("ann valid-after=\"20260230Z\" \(key)", "no time like"),
    ("ann valid-after=\"2026\" \(key)", "no time like"), ("ann valid-before=\"202607012400Z\" \(key)", "no time like"),
    ("ann valid-after=\"20260702Z\",valid-before=\"20260701Z\" \(key)", "not later than"),
    ("ann namespaces=\"a\"cert-authority \(key)", "there is no comma"), ("ann \u{1B}[2J \(key)", "a control character"),
    (String(repeating: "a", count: 17_000) + " " + key, "more than 16384 bytes"),
  ])
  func `a line that is not understood is refused, with its number`(line: String, message: String) {
    let text = "# mine\n\(line)\n"
    let error = #expect(throws: CertificateError.self) { try AllowedSigners(parsing: Array(text.utf8), file: "f") }
    #expect(error?.code == .badTrustFile)
    #expect(error?.line == 2)
    #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
  }

  @Test func `a reason names the file and the line, and a timestamp's time where there is one`() throws {
    let text = "\n*@example.org valid-before=\"20250101Z\" \(Self.key)\n"
    let list = try AllowedSigners(parsing: Array(text.utf8), file: "signers")
    let key = try VerificationKey(parsing: Array(Self.key.utf8))
    #expect(
      list.decision(on: key, identity: "ann@example.org", at: 1_735_689_601, isTimestamped: true)
        == .refused("the key has expired: its signatures counted until 2025-01-01T00:00:00Z ('signers', line 2)"))
    #expect(list.decision(on: key, identity: nil, at: 1_735_689_600) == .allowed(identity: "*@example.org"))
    #expect(list.decision(on: SigningKey().verificationKey, identity: nil, at: 0) == .unknown)
  }

  @Test func `a pattern with many stars is matched in no time`() {
    let patterns = SignerPatterns(String(repeating: "a*", count: 60) + "b")
    #expect(patterns?.matches(String(repeating: "a", count: 4_000)) == false)
  }

  // Worked by hand: 2026-07-01 is day 20,635 of 1970.
  @Test(arguments: [
    ("20260701Z", 1_782_864_000), ("202607010102Z", 1_782_867_720), ("20260701010203z", 1_782_867_723),
    ("20260701UTC", 1_782_864_000), ("19700101Z", 0), ("20240229Z", 1_709_164_800), ("20230229Z", nil),
    ("2026070Z", nil), ("2026070101Z", nil), ("Z", nil), ("", nil), ("19691231Z", nil), ("20261301Z", nil),
    ("-2260701Z", nil), ("20260701 Z", nil),
  ])
  func `a time with a Z is in UTC`(text: String, seconds: Int?) { #expect(SignerTime.unixSeconds(text) == seconds) }
}

extension String {
  fileprivate var trimmedOfLineFeed: String { hasSuffix("\n") ? String(dropLast()) : self }
}
