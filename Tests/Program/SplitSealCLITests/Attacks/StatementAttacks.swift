import Testing

/// Attacks by a signer: statements that are signed and do not hold.
@Suite struct StatementAttacks {
  private static func lie(
    _ attack: String, _ outcome: String, _ status: Int32, _ message: String, _ text: String, _ other: String
  ) -> Attack {
    Attack(attack, outcome, status, message) {
      try $0.lie(text, other)
      return []
    }
  }

  static let kinds: [Attack] = [
    lie(
      "predicate type of OpenSSF model signing", "is malformed", 4,
      "predicateType is 'https://model_signing/signature/v1.0', and this version knows 'urn:splitseal:split-certificate:v1'",
      "urn:splitseal:split-certificate:v1", "https://model_signing/signature/v1.0"),
    lie(
      "predicate type of SLSA", "is malformed", 4, "predicateType is 'https://slsa.dev/provenance/v1'",
      "urn:splitseal:split-certificate:v1", "https://slsa.dev/provenance/v1"),
    lie(
      "predicate type of another major version", "is malformed", 4,
      "predicateType is 'urn:splitseal:split-certificate:v2'", "split-certificate:v1", "split-certificate:v2"),
    lie(
      "unknown `tree`", "is malformed", 4, "predicate.commitment.tree is 'rfc6962-sha1'", "rfc6962-sha256",
      "rfc6962-sha1"),
    lie(
      "unknown `recordFormat`", "is malformed", 4, "predicate.commitment.recordFormat is 'splitseal-record/2'",
      "splitseal-record/1", "splitseal-record/2"),
    lie(
      "unknown `mode`", "is malformed", 4, "predicate.commitment.mode is 'private'", #""mode":"public""#,
      #""mode":"private""#),
    lie(
      "schema version of another major version", "is malformed", 4,
      "the schema version is '2.0', and this version knows 1",
      #""schemaVersion":"1.1""#, #""schemaVersion":"2.0""#),
    lie(
      "subject with a SHA-1", "is malformed", 4, "subject[0].digest has other digests than 'sha256'",
      #""subject":[{"digest":{"#, #""subject":[{"digest":{"sha1":"00","#),
    lie(
      "subject with an MD5 alone", "is malformed", 4, "subject[0].digest.sha256 is missing",
      #""subject":[{"digest":{"sha256""#, #""subject":[{"digest":{"md5""#),
  ]

  static let claims: [Attack] = [
    lie(
      "count of images that is not the records'", "fails", 1,
      "claims: the splits' counts do not add up to the 5 images claimed",
      #""images":4"#, #""images":5"#),
    lie(
      "10^9 images claimed", "fails", 1, "the splits' counts do not add up to the 1000000000 images claimed",
      #""images":4"#, #""images":1000000000"#),
    lie(
      "class counts that are not the records'", "fails", 1,
      "records: split 'test': the classes are not those that the certificate claims",
      #"{"count":1,"label":"real"}"#, #"{"count":2,"label":"real"}"#),
    lie(
      "overlap that is not the records'", "fails", 1,
      "splits 'test' and 'train' have 0 pairs of equal files, and the certificate claims 9", #""exactBytes":0"#,
      #""exactBytes":9"#),
    lie(
      "findings that do not add up", "fails", 1, "the rules do not add up to the 7 findings of severity error claimed",
      #""error":0"#, #""error":7"#),
    lie(
      "verdict that the findings do not give", "fails", 1,
      "the verdict is fail, and the findings at or above error do not make it fail", #""verdict":"inconclusive""#,
      #""verdict":"fail""#),
    lie(
      "waiver without a finding", "fails", 1, "the waivers are not those that the rules count", #""tool":"#,
      #""waivers":[{"rule":"exact-duplicate","reason":"x"}],"tool":"#),
    Attack("waiver added after signing", "fails", 1, "signature: the signature was not made by SHA256:") {
      try $0.forge(#""tool":"#, #""waivers":[{"rule":"exact-duplicate","reason":"x"}],"tool":"#)
      return []
    },
    lie(
      "root that is not the records'", "fails", 1,
      "records: split 'test': the images are those that were signed, their names, labels or groups are not (recordRoot ",
      #""recordRoot":""#, #""recordRoot":"00000000000000000000000000000000000000000000000000000000000000ff","x":""#),
    lie(
      "near-duplicates that the audit does not find, with `--audit`", "fails, names what differs", 1,
      "audit: splits 'test' and 'train', near-duplicates: 5 signed, 0 found", #""nearDuplicate":0"#,
      #""nearDuplicate":5"#
    ).with(["verify", "set/list.csv", "--public-key", "signer.pub", "--audit"]),
    lie(
      "member that is not known, with `-v`", "passes, lists it: it relaxes no check", 0,
      "not known    predicate.trusted (ignored)", #""tool":"#, #""trusted":true,"tool":"#
    )
    .with(["verify", "set/list.csv", "--public-key", "signer.pub", "-v"]),
    lie(
      "member that is not known beside a claim that does not hold", "fails all the same", 1,
      "the splits' counts do not add up to the 5 images claimed", #""images":4"#, #""images":5,"imagesAreRight":true"#),
  ]

  @Test(arguments: kinds) func `other predicateType, major version, tree, recordFormat, mode, digests`(
    attack: Attack
  ) throws {
    try attack.check()
  }

  @Test(arguments: claims) func `counts, overlaps, verdict, waivers, unknown members`(attack: Attack) throws {
    try attack.check()
  }
}

extension Attack {
  /// The same attack with other arguments.
  func with(_ arguments: [String]) -> Attack {
    Attack(attack, outcome, status, message) { bench in
      _ = try apply(bench)
      return arguments
    }
  }
}
