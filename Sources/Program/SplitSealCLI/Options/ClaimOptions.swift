internal import SplitSealBase
internal import ArgumentParser
internal import SplitSeal
internal import SplitSealAudit

/// Results of a model that was trained and tested on the dataset.
struct ClaimOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Accuracy that was reported for the test split, 0 to 1; the report bounds the accuracy without the leaks. Repeatable.",
      valueName: "[split=]share"))
  var reportedAccuracy: [String] = []

  @Option(
    help: ArgumentHelp(
      "Predictions of a model, as CSV, TSV or JSON Lines with path and prediction; the report gives its accuracy with and"
        + " without the leaks.",
      valueName: "file"), completion: .file())
  var predictions: String?

  func validate() throws { _ = try claims() }

  /// The reported accuracies.
  func claims() throws -> [AccuracyClaim] {
    try reportedAccuracy.map { text in
      // A split's name may contain '=', so the number is what follows the last one.
      let separator = text.lastIndex(of: "=")
      let number = separator.map { text[text.index(after: $0)...] } ?? text[...]
      let split = separator.map { String(text[..<$0]) }
      guard split != "", let accuracy = Double(number), (0...1).contains(accuracy) else {
        throw ValidationError("--reported-accuracy \(text): expected a share from 0 to 1.\(Self.advice(number, split))")
      }
      return AccuracyClaim(split: split, accuracy: accuracy)
    }
  }

  /// Advice for somebody who gave a percentage instead of a share.
  private static func advice(_ text: Substring, _ split: String?) -> String {
    let digits = text.last == "%" ? text.dropLast() : text
    let number = digits.last == " " ? digits.dropLast() : digits
    guard let percentage = Double(number), percentage > 1 || text.last == "%", (0...100).contains(percentage) else {
      return " Please write 0.957 or SPLIT=0.957"
    }
    return " Please write \(split.map { "\($0)=" } ?? "")\(fixed(percentage / 100, digits: 4))"
  }
}

extension AuditConfiguration {
  /// Adds the results of a model.
  mutating func apply(_ options: ClaimOptions) throws {
    claims = try options.claims()
    predictionsPath = options.predictions
  }
}
