public import SplitSealBase
internal import SplitSealJSON

/// What a person says of two pictures.
public enum Judgement: String, Hashable, Sendable, CaseIterable {
  /// They are one picture.
  case same
  /// They are two.
  case different
  /// The pictures do not tell.
  case unsure
}

/// What somebody decided about a pair of images, when, and why.
public struct Decision: Hashable, Sendable {
  /// One image of the pair.
  public struct Place: Hashable, Sendable {
    /// The name of its split.
    public let split: String
    /// Its path below the dataset's root.
    public let path: String
    /// SHA-256 of the file's bytes that were looked at: 64 lower-case hexadecimal digits.
    public let sha256: String

    /// Names an image.
    public init(split: String, path: String, sha256: String) {
      self.split = split
      self.path = path
      self.sha256 = sha256
    }
  }

  /// The identity of the near-duplicate that the pair is, or would be: 64 lower-case hexadecimal digits.
  public let finding: String
  /// What was decided; `nil` where an earlier decision is taken back.
  public let judgement: Judgement?
  /// Who decided.
  public let by: String?
  /// When, in UTC: `2026-11-25T17:00:00Z`.
  public let at: String
  /// Why.
  public let reason: String?
  /// The detector's score of the pair, 0...1.
  public let score: Double
  /// The image that comes first in the manifest.
  public let first: Place
  /// The other one.
  public let second: Place

  /// Records a decision.
  ///
  /// - Precondition: `at` is a time as ``isTime(_:)`` takes them.
  public init(
    finding: String, judgement: Judgement?, by: String? = nil, at: String, reason: String? = nil, score: Double,
    first: Place, second: Place
  ) {
    precondition(Self.isTime(at), "a decision says when it was made")
    self.finding = finding
    self.judgement = judgement
    self.by = by
    self.at = at
    self.reason = reason
    self.score = score
    self.first = first
    self.second = second
  }

  /// The day on which it was made, in UTC.
  public var date: CalendarDate? { CalendarDate(String(at.prefix(10))) }

  /// Whether a text is a second of some day in UTC, as RFC 3339 writes it, without a fraction.
  public static func isTime(_ text: String) -> Bool { TimeText.isTime(text) }
}

extension Decision {
  /// The word of a decision that takes an earlier one back.
  static let undone = "undone"

  /// The line of a file that says it, with its newline.
  var line: String {
    func value(_ place: Place) -> JSONValue {
      .object(["split": .string(place.split), "path": .string(place.path), "sha256": .string(place.sha256)])
    }
    let members: JSONValue = .object([
      "finding": .string(finding),
      "decision": .string(judgement?.rawValue ?? Self.undone),
      "by": by.map { .string($0) },
      "at": .string(at),
      "reason": reason.map { .string($0) },
      "score": .decimal(Self.literal(score)),
      "a": value(first),
      "b": value(second),
    ])
    return members.compactText + "\n"
  }

  /// A score with four digits after the point, which is what scores have.
  private static func literal(_ score: Double) -> String {
    let units = Int((min(max(score, 0), 1) * 10_000).rounded())
    let digits = String(units % 10_000)
    return "\(units / 10_000)." + String(repeating: "0", count: 4 - digits.count) + digits
  }
}
