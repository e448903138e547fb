internal import SplitSealBase
internal import SplitSealJSON
internal import SplitSealManifest

/// Decisions as a file holds them: JSON Lines, RFC 8259 in each.
enum DecisionLines {
  /// Faults that are reported of one file.
  private static let faultLimit = 20

  /// What a file says.
  struct Contents {
    /// Every decision, in the order of the file.
    var decisions: [Decision] = []
    /// Bytes up to the end of the last whole decision.
    ///
    /// What is behind them was being written when the writer, or its machine, stopped: nobody was told that it was saved.
    var byteCount = 0
    /// Whether the last decision lacks its newline.
    var lacksNewline = false
  }

  /// Reads the bytes of a file; `file` is its path for messages.
  ///
  /// - Throws: ``ConfigurationError`` with every fault of the file.
  static func parse(_ bytes: [UInt8], file: String) throws(ConfigurationError) -> Contents {
    var contents = Contents()
    var problems: [ConfigurationError.Problem] = []
    var start = 0
    var line = 1
    var limits = JSONLimits()
    limits.maximumByteCount = 64 << 10
    while start < bytes.count, problems.count < faultLimit {
      let newline = bytes[start...].firstIndex(of: UInt8(ascii: "\n"))
      let end = newline ?? bytes.count
      defer {
        start = end + 1
        line += 1
      }
      do throws(Fault) {
        let decision = try Self.decision(bytes, start..<end, limits)
        contents.decisions.append(decision)
        contents.byteCount = min(end + 1, bytes.count)
        contents.lacksNewline = newline == nil
      } catch {
        // A last line without its end is what a stop in the middle of a write leaves.
        guard newline != nil else { break }
        problems.append(
          .init(error.message, hint: "each line is one decision; remove the line", file: file, line: line))
      }
    }
    if !problems.isEmpty { throw ConfigurationError(problems) }
    return contents
  }

  private struct Fault: Error {
    let message: String
    init(_ message: String) { self.message = message }
  }

  private static func decision(
    _ bytes: [UInt8], _ range: Range<Int>, _ limits: JSONLimits
  ) throws(Fault) -> Decision {
    let value: JSONValue
    do throws(JSONError) { value = try JSONParser.parse(bytes, in: range, limits: limits) } catch {
      throw Fault("not JSON: \(error.reason)")
    }
    let fields = try Fields(value, ["finding", "decision", "by", "at", "reason", "score", "a", "b"])
    let word = try fields.text("decision")
    let judgement = Judgement(rawValue: word)
    guard judgement != nil || word == Decision.undone else {
      throw Fault("decision '\(printable(word))' is none of same, different, unsure and \(Decision.undone)")
    }
    let at = try fields.text("at")
    guard Decision.isTime(at) else { throw Fault("at has to be a time in UTC like 2026-11-25T17:00:00Z") }
    return Decision(
      finding: try fields.digest("finding"), judgement: judgement, by: try fields.optional("by"), at: at,
      reason: try fields.optional("reason"), score: try fields.share("score"), first: try fields.place("a"),
      second: try fields.place("b"))
  }

  /// The members of one object.
  private struct Fields {
    let value: JSONValue

    init(_ value: JSONValue, _ known: [String]) throws(Fault) {
      guard let members = value.members else { throw Fault("not an object") }
      for member in members where !known.contains(member.key) {
        throw Fault("unknown member '\(printable(member.key))'; known: \(known.joined(separator: ", "))")
      }
      self.value = value
    }

    func text(_ name: String) throws(Fault) -> String {
      guard let text = value[name]?.string, !text.isEmpty, text.utf8.count <= 8_192 else {
        throw Fault("\(name) has to be a text of 1 to 8,192 bytes")
      }
      return text
    }

    func optional(_ name: String) throws(Fault) -> String? { value[name] == nil ? nil : try text(name) }

    func digest(_ name: String) throws(Fault) -> String {
      let text = try text(name)
      guard Waiver.isIdentity(text) else { throw Fault("\(name) has to be 64 hexadecimal digits in lower case") }
      return text
    }

    func share(_ name: String) throws(Fault) -> Double {
      let number: Double? =
        switch value[name] {
        case .decimal(let literal): Double(literal)
        case .integer(let number): Double(number)
        default: nil
        }
      guard let number, (0...1).contains(number) else { throw Fault("\(name) has to be a number from 0 to 1") }
      return number
    }

    func place(_ name: String) throws(Fault) -> Decision.Place {
      guard let place = value[name] else { throw Fault("\(name) is missing") }
      let fields = try Fields(place, ["split", "path", "sha256"])
      return Decision.Place(
        split: try fields.text("split"), path: try fields.text("path"), sha256: try fields.digest("sha256"))
    }
  }
}
