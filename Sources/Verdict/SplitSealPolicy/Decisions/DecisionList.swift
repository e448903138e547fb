internal import SplitSealBase
internal import SplitSealManifest

/// The decisions that an audit goes by.
public struct DecisionList: Hashable, Sendable {
  /// Where the file lies below the root of a dataset.
  public static let name = ".splitseal/decisions.jsonl"
  /// Bytes of the largest file.
  public static let maximumByteCount = 64 << 20

  /// The file that they were read from, as the user gave it; `nil` for none.
  public let file: String?
  /// The decisions in force, one a pair, in the order in which the pairs were first decided.
  public let decisions: [Decision]

  /// No decisions.
  public static let none = DecisionList(file: nil, history: [])

  /// Keeps the last decision of each pair, unless that takes back what was decided.
  ///
  /// - Parameters:
  ///   - file: Where they come from.
  ///   - history: All that was ever decided, in order.
  public init(file: String?, history: [Decision]) {
    self.file = file
    var last: [String: Decision] = [:]
    var order: [String] = []
    for decision in history {
      if last.updateValue(decision, forKey: decision.finding) == nil { order.append(decision.finding) }
    }
    decisions = order.compactMap { last[$0] }.filter { $0.judgement != nil }
  }

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - name: What reports call it; `nil` for its path.
  /// - Returns: The decisions in force.
  /// - Throws: ``ConfigurationError`` with every fault of the file.
  public static func read(path: String, named name: String? = nil) throws(ConfigurationError) -> DecisionList {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try SmallFile.read(path, limit: maximumByteCount)
    } catch {
      throw ConfigurationError([.init(error.message, hint: error.hint, file: path)])
    }
    return DecisionList(file: name ?? path, history: try DecisionLines.parse(bytes, file: path).decisions)
  }
}
