import SplitSealKeys
import Foundation
import SplitSealCertificate
import Testing

/// One row of the table in docs/threat-model.md: what somebody does, and what the program says to it.
struct Attack: Sendable, CustomTestStringConvertible {
  /// What is done, as the table words it.
  let attack: String
  /// What comes of it, as the table words it.
  let outcome: String
  /// The exit status.
  let status: Int32
  /// A part of what the program prints, word for word.
  let message: String
  /// Does it, and returns the arguments to run the program with; none for `verify` with the signer's key.
  let apply: @Sendable (Workbench) throws -> [String]

  init(
    _ attack: String, _ outcome: String, _ status: Int32, _ message: String,
    _ apply: @escaping @Sendable (Workbench) throws -> [String]
  ) {
    self.attack = attack
    self.outcome = outcome
    self.status = status
    self.message = message
    self.apply = apply
  }

  var testDescription: String { attack }

  /// The row of the table.
  var row: String {
    "| \(attack) | \(outcome) | \(status) | `\(message.replacing("|", with: "\\|"))` |"
  }

  /// Runs the attack on a dataset of its own.
  func check() throws {
    let bench = try Workbench()
    try bench.makeAttackedDataset()
    let arguments = try apply(bench)
    let outcome = try bench.run(
      arguments.isEmpty ? ["verify", "set/list.csv", "--public-key", "signer.pub"] : arguments)
    #expect(outcome.status == status, "\(outcome.output)\(outcome.errors)")
    #expect((outcome.output + outcome.errors).contains(message), "\(outcome.output)\(outcome.errors)")
  }
}

extension Workbench {
  static let certificateName = "set/.splitseal/splitseal.sigstore.json"
  static let recordsName = "set/.splitseal/records.jsonl"

  /// A certified dataset `set` of four images with labels and patients, and one more image that is in no manifest.
  func makeAttackedDataset() throws {
    for seed in 0..<5 { try write("set/images/\(seed).png", Picture(seed: seed).png) }
    try write(
      "set/list.csv",
      """
      path,split,label,patient
      images/0.png,train,real,ann
      images/1.png,train,spoof,bob
      images/2.png,test,real,cid
      images/3.png,test,spoof,dan

      """)
    try makeKey()
    // Two images a class are too few to say pass.
    guard try certify("set/list.csv").status == 3 else { throw Unprepared(what: "set") }
  }

  /// Certifies with the signer's key, without a probe.
  func certify(_ arguments: String...) throws -> Outcome {
    try run(["certify"] + arguments + ["--key", "signer.key", "--no-probe", "--no-cache"])
  }

  /// Makes and certifies folders of images `fold`.
  ///
  /// - Returns: The arguments that verify them with the signer's key.
  func certifyFolders() throws -> [String] {
    try makeFolders("fold", count: 2)
    guard try certify("fold").status == 3 else { throw Unprepared(what: "fold") }
    return ["verify", "fold", "--public-key", "signer.pub"]
  }

  /// The text of the signed statement.
  func statement() throws -> String {
    String(decoding: try Envelope(parsing: bytes(Self.certificateName)).payload, as: UTF8.self)
  }

  /// Signs a statement in which a text was replaced, with the signer's own key: what a lying signer would do.
  func lie(_ text: String, _ other: String) throws {
    let statement = try statement()
    try #require(statement.contains(text), "the statement does not hold \(text): \(statement)")
    let key = try SigningKey(pem: bytes("signer.key"))
    let changed = Array(statement.replacing(text, with: other, maxReplacements: 1).utf8)
    try write(Self.certificateName, Envelope(signing: changed, with: key).bundleBytes)
  }

  /// Changes the text of the certificate's file and leaves the signature as it is.
  func tamper(_ text: String, _ other: String) throws { try replace(text, with: other, in: Self.certificateName) }

  /// Changes the statement and leaves the signature as it is: what a stranger would do.
  func forge(_ text: String, _ other: String) throws {
    let statement = try statement()
    try #require(statement.contains(text))
    let changed = statement.replacing(text, with: other, maxReplacements: 1)
    try tamper(Data(statement.utf8).base64EncodedString(), Data(changed.utf8).base64EncodedString())
  }

  /// Writes another envelope around the signed statement; the value of `signatures` is made of the one as it stands.
  func envelop(_ signatures: (String) -> String) throws {
    let text = try text(Self.certificateName)
    let start = try #require(text.firstRange(of: #""signatures":["#)).upperBound
    let end = try #require(text[start...].firstRange(of: "]")).lowerBound
    try write(Self.certificateName, text[..<start] + signatures(String(text[start..<end])) + text[end...])
  }
}
