internal import SplitSealKeys
internal import SplitSealBase

/// Whether the records of a certificate are published.
public enum CommitmentMode: Hashable, Sendable {
  /// Everybody may read them.
  case published
  /// They are committed to under salts and not published.
  ///
  /// `saltID` is what the salts were derived with, beside the key; `check` tells a wrong key, and is `nil` when the claim
  /// is absent.
  case hidden(saltID: SaltID, check: LeafSalt?)

  /// Whether the records are not published.
  public var isHidden: Bool { self != .published }

  init(_ commitment: StatementReader) throws(CertificateError) {
    let mode = try commitment.string("mode")
    if mode.hasSameBytes(as: StatementNames.mode) {
      self = .published
    } else if mode.hasSameBytes(as: StatementNames.hiddenMode) {
      guard let saltID = SaltID(try commitment.string("saltId")) else {
        throw commitment.fault("is not 32 lower-case hexadecimal digits", "saltId")
      }
      var check: LeafSalt?
      if let text = try commitment.optional("saltCheck")?.string() {
        check = LeafSalt(hexadecimal: text)
        guard check != nil else { throw commitment.fault("is not 32 lower-case hexadecimal digits", "saltCheck") }
      }
      self = .hidden(saltID: saltID, check: check)
    } else {
      throw CertificateError(
        .unsupported,
        "predicate.commitment.mode is \(mode.quoted), and this version knows '\(StatementNames.mode)' and "
          + "'\(StatementNames.hiddenMode)'")
    }
  }
}

extension CertificateClaims {
  /// Where a hidden certificate says what such a one leaves out, and where a published one has salts; one sentence each.
  var contradictionsOfMode: [String] {
    let hasSalts = fields.contains { $0.hasSameBytes(as: "salt") }
    guard mode.isHidden else {
      return hasSalts ? ["the records are claimed to be published, and to have salts"] : []
    }
    let told: [(Bool, String)] = [
      (!inputs.isEmpty || subjects.count > 1, "digests of other files than the records"),
      (splits.contains { $0.groupCount > 0 } || overlaps.contains { $0.sharedGroups != nil }, "numbers of groups"),
      (splits.contains { !$0.classes.isPublishable }, "classes of fewer than \(HiddenClasses.leastCount) images"),
      (waivers.contains { $0.reason != nil || $0.by != nil }, "reasons of waivers"),
      (report != nil, "a report"),
    ]
    return (hasSalts ? [] : ["the records are hidden, and claimed to have no salts"])
      + told.filter(\.0).map { "the records are hidden, and the statement tells \($0.1)" }
  }
}

extension CertificateClaims.Classes {
  /// Whether a hidden certificate may say so.
  fileprivate var isPublishable: Bool {
    guard case .listed(let classes) = self else { return false }
    return classes.allSatisfy { $0.count >= HiddenClasses.leastCount }
  }

  /// Whether the claim is what a hidden certificate says of a split with these classes, or nothing.
  func isPublished(part classes: [RecordSummary.ClassCount]) -> Bool {
    self == .listed([]) || self == .listed(HiddenClasses.published(classes))
  }
}

/// What a hidden certificate says of the classes of a split.
public enum HiddenClasses {
  /// Images that a class has at least where it is named: fewer could be told apart.
  public static let leastCount = 5

  /// The classes that are named.
  ///
  /// Left out are those of fewer than ``leastCount`` images. So that their number does not follow from the rest by
  /// subtraction, the smallest of the others are left out with them until what is left out is none or several classes, and
  /// no fewer than ``leastCount`` images. Of more than 200 classes none is named.
  ///
  /// - Parameter classes: The classes of one split, by label.
  /// - Returns: Some of them, in their order.
  public static func published(_ classes: [RecordSummary.ClassCount]) -> [RecordSummary.ClassCount] {
    let bySize = classes.indices.sorted { (classes[$0].count, $0) < (classes[$1].count, $1) }
    var hiddenCount = classes.count { $0.count < leastCount }
    guard hiddenCount > 0 else { return classes.count > StatementNames.maximumListedClassCount ? [] : classes }
    func imageCount() -> Int { bySize.prefix(hiddenCount).reduce(0) { $0 + classes[$1].count } }
    while hiddenCount < classes.count, hiddenCount == 1 || imageCount() < leastCount { hiddenCount += 1 }
    let named = bySize.dropFirst(hiddenCount).sorted().map { classes[$0] }
    return named.count > StatementNames.maximumListedClassCount ? [] : named
  }
}
