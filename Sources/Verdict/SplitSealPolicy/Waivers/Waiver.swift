public import SplitSealRules
public import SplitSealBase

/// A recorded decision that a finding is acceptable.
public struct Waiver: Hashable, Sendable {
  /// The finding's identity: 64 lower-case hexadecimal digits.
  public let finding: String
  /// The rule of the finding; `nil` when whoever wrote the waiver had no report at hand.
  public let rule: RuleID?
  /// Why the finding is acceptable.
  public let reason: String
  /// Who decided that.
  public let by: String?
  /// When.
  public let date: CalendarDate?
  /// The last day on which the waiver counts; `nil` for ever.
  public let until: CalendarDate?
  /// What the finding said when it was waived, for people who read the file.
  public let message: String?
  /// Whether it is no entry of a file of waivers but what somebody decided who looked at both pictures.
  public let isDecision: Bool

  /// Records a decision.
  public init(
    finding: String, rule: RuleID?, reason: String, by: String? = nil, date: CalendarDate? = nil,
    until: CalendarDate? = nil, message: String? = nil, isDecision: Bool = false
  ) {
    self.finding = finding
    self.rule = rule
    self.reason = reason
    self.by = by
    self.date = date
    self.until = until
    self.message = message
    self.isDecision = isDecision
  }

  /// Whether a text is a finding's identity.
  public static func isIdentity(_ text: String) -> Bool { text.utf8.count == 64 && isHexadecimal(text) }

  /// Whether a text holds lower-case hexadecimal digits alone.
  public static func isHexadecimal(_ text: String) -> Bool {
    text.utf8.allSatisfy { byte in
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }
  }
}

/// The waivers that an audit goes by.
public struct WaiverList: Hashable, Sendable {
  /// The file that they were read from, as the user gave it; `nil` for none.
  public let file: String?
  /// The waivers in the order of the file.
  public let waivers: [Waiver]
  /// The day on which the audit takes place; `nil` where no waiver ends on any day.
  public let today: CalendarDate?

  /// No waivers.
  public static let none = WaiverList(file: nil, waivers: [], today: nil)

  /// Assembles the list; the day is only kept where it matters, so that it stands in no report without need.
  ///
  /// - Parameters:
  ///   - file: Where they come from.
  ///   - waivers: The waivers.
  ///   - today: The day of the audit.
  public init(file: String?, waivers: [Waiver], today: CalendarDate?) {
    self.file = file
    self.waivers = waivers
    self.today = waivers.contains { $0.until != nil } ? today : nil
  }

  /// Whether a waiver no longer counts: its last day is over.
  public func isExpired(_ waiver: Waiver) -> Bool {
    guard let until = waiver.until, let today else { return false }
    return until < today
  }
}
