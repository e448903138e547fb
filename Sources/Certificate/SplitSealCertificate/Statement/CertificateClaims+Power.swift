internal import SplitSealKeys
internal import SplitSealBase

extension CertificateClaims {
  /// What is claimed about one edit of the probe.
  public struct EditRecall: Hashable, Sendable {
    /// The edit's name.
    public let edit: String
    /// Edited copies that were found.
    public let foundCount: Int
    /// Edited copies that were made.
    public let madeCount: Int

    /// Found over made, 0...1 where the claims are consistent; 1 when none was made.
    public var recall: Double { madeCount == 0 ? 1 : Double(foundCount) / Double(madeCount) }

    init(_ entry: StatementReader) throws(CertificateError) {
      edit = try entry.string("edit")
      foundCount = try entry.count("found")
      madeCount = try entry.count("tried")
    }
  }

  /// Where the claims about the probe contradict one another, one sentence each.
  var contradictionsOfPower: [String] {
    var found: [String] = []
    if Set(power.map { ByteText($0.edit) }).count != power.count {
      found.append("two edits of the probe have one name")
    }
    for entry in power where entry.foundCount > entry.madeCount {
      found.append("more copies are claimed found than made by the edit \(entry.edit.quoted)")
    }
    return found
  }
}
