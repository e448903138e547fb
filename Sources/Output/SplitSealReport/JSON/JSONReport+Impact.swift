internal import SplitSealBase
internal import SplitSealAudit
internal import SplitSealFingerprint
internal import SplitSealJSON
internal import SplitSealManifest

extension JSONReport {
  /// What the leaks may be worth; `nil` where no split is evaluated against another.
  var impact: JSONValue? {
    let impact = result.impact
    guard !impact.leaks.isEmpty else { return nil }
    return .object([
      "leaks": .array(impact.leaks.map(value)),
      "reported": impact.bounds.isEmpty ? nil : .array(impact.bounds.map(value)),
      "predictions": result.input.claims.predictions.map { file in
        .object([
          "path": .string(file.path),
          "sha256": .string(hexadecimal(file.sha256)),
          "rows": .integer(file.rowCount),
          "splits": .array(impact.predictions.map(value)),
        ])
      },
    ])
  }

  private func name(of split: Int) -> JSONValue { .string(manifest.splits[split].name) }

  private func share(_ number: Double) -> JSONValue { .decimal(fixed(number, digits: 6)) }

  private func value(of leak: LeakImpact) -> JSONValue {
    .object([
      "split": name(of: leak.split),
      "against": strings(leak.references.map { manifest.splits[$0].name }),
      "images": .integer(leak.imageCount),
      "unread": .integer(leak.uncheckedCount),
      "leaked": .integer(leak.leakedCount),
      "sameLabel": .integer(leak.sameLabelCount),
      "otherLabel": .integer(leak.otherLabelCount),
      "classes": manifest.labels.isEmpty
        ? nil
        : .array(
          leak.classes.map {
            .object([
              "label": $0.label.map { .string(manifest.labels[$0]) },
              "images": .integer($0.imageCount),
              "leaked": .integer($0.leakedCount),
            ])
          }),
    ])
  }

  private func value(of bounds: AccuracyBounds) -> JSONValue {
    .object([
      "split": name(of: bounds.split),
      "accuracy": share(bounds.accuracy),
      "images": .integer(bounds.imageCount),
      "leaked": .integer(bounds.leakedCount),
      "low": bounds.interval.map { share($0.lowerBound) },
      "high": bounds.interval.map { share($0.upperBound) },
    ])
  }

  private func value(of predicted: PredictedAccuracy) -> JSONValue {
    .object([
      "split": name(of: predicted.split),
      "missing": .integer(predicted.missingCount),
      "unlabelled": .integer(predicted.unlabelledCount),
      "unknownLabels": .integer(predicted.unknownLabelCount),
      "all": value(of: predicted.all),
      "clean": value(of: predicted.clean),
      "leaked": value(of: predicted.leaked),
      "gap": predicted.gap.map {
        .object([
          "difference": share($0.difference),
          "low": share($0.interval.lowerBound),
          "high": share($0.interval.upperBound),
        ])
      },
    ])
  }

  private func value(of part: PredictedAccuracy.Part) -> JSONValue {
    .object([
      "images": .integer(part.imageCount),
      "correct": .integer(part.correctCount),
      "classes": .integer(part.classCount),
      "accuracy": part.accuracy.map(share),
      "low": part.interval.map { share($0.lowerBound) },
      "high": part.interval.map { share($0.upperBound) },
      "balancedAccuracy": part.balancedAccuracy.map(share),
    ])
  }
}
