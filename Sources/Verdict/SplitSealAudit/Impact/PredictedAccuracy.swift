internal import SplitSealManifest
internal import SplitSealStatistics

/// How a model did on an evaluated split, and on the images of it that did and did not leak.
///
/// Images without a label, and those that nothing was predicted for, are left out.
public struct PredictedAccuracy: Hashable, Sendable {
  /// How a model did on some images.
  public struct Part: Hashable, Sendable {
    /// Images with a label and a prediction.
    public let imageCount: Int
    /// Those whose prediction is their label.
    public let correctCount: Int
    /// Classes among the images.
    public let classCount: Int
    /// Correct over all, 0...1; `nil` where there is no image.
    public let accuracy: Double?
    /// Wilson's 95 % interval of the accuracy; `nil` where there is no image.
    public let interval: ClosedRange<Double>?
    /// The mean of the shares that are correct in each class that is there, 0...1; `nil` where there is no image.
    public let balancedAccuracy: Double?
  }

  /// How much better a model did on what leaked.
  public struct Gap: Hashable, Sendable {
    /// Accuracy on the leaked images less that on the others, -1...1.
    public let difference: Double
    /// Newcombe's 95 % interval of the difference.
    public let interval: ClosedRange<Double>
  }

  /// Index of the split.
  public let split: Int
  /// Labelled images that nothing was predicted for.
  public let missingCount: Int
  /// Images without a label.
  public let unlabelledCount: Int
  /// Predictions that are no label of the dataset: they count as wrong.
  public let unknownLabelCount: Int
  /// All images.
  public let all: Part
  /// Images without a match in a split that is for training.
  public let clean: Part
  /// Images with such a match.
  public let leaked: Part
  /// The gap between the two; `nil` where one of them has no image.
  public let gap: Gap?
}

/// Counts the predictions of one split.
struct PredictionTally {
  /// Images of one part, and those of them that are correct, by label.
  private struct Counts {
    var images: [Int]
    var correct: [Int]

    init(labelCount: Int) {
      images = Array(repeating: 0, count: labelCount)
      correct = images
    }

    var part: PredictedAccuracy.Part {
      let (imageCount, correctCount) = (images.reduce(0, +), correct.reduce(0, +))
      let classes = images.indices.filter { images[$0] > 0 }
      let recalls = classes.map { Double(correct[$0]) / Double(images[$0]) }
      let wilson = WilsonInterval(correctCount, of: imageCount)
      return PredictedAccuracy.Part(
        imageCount: imageCount, correctCount: correctCount, classCount: classes.count,
        accuracy: imageCount == 0 ? nil : Double(correctCount) / Double(imageCount),
        interval: imageCount == 0 ? nil : wilson.low...wilson.high,
        balancedAccuracy: imageCount == 0 ? nil : recalls.reduce(0, +) / Double(recalls.count))
    }

    static func + (a: Counts, b: Counts) -> Counts {
      var sum = a
      for label in a.images.indices {
        sum.images[label] += b.images[label]
        sum.correct[label] += b.correct[label]
      }
      return sum
    }
  }

  private var clean: Counts
  private var leaked: Counts
  private var missingCount = 0
  private var unlabelledCount = 0
  private var unknownLabelCount = 0

  init(labelCount: Int) {
    clean = Counts(labelCount: labelCount)
    leaked = clean
  }

  mutating func add(_ prediction: Predictions.Prediction, label: Int?, isLeaked: Bool) {
    guard let label else {
      unlabelledCount += 1
      return
    }
    if prediction == .missing {
      missingCount += 1
      return
    }
    if prediction == .unknownLabel { unknownLabelCount += 1 }
    let correct = prediction == .label(label) ? 1 : 0
    if isLeaked {
      leaked.images[label] += 1
      leaked.correct[label] += correct
    } else {
      clean.images[label] += 1
      clean.correct[label] += correct
    }
  }

  /// The result; `nil` where nothing was predicted.
  func accuracy(ofSplit split: Int) -> PredictedAccuracy? {
    let (all, clean, leaked) = ((clean + leaked).part, clean.part, leaked.part)
    guard all.imageCount > 0 else { return nil }
    var gap: PredictedAccuracy.Gap?
    if clean.imageCount > 0, leaked.imageCount > 0 {
      let newcombe = NewcombeInterval(
        leaked.correctCount, of: leaked.imageCount, minus: clean.correctCount, of: clean.imageCount)
      gap = PredictedAccuracy.Gap(difference: newcombe.difference, interval: newcombe.low...newcombe.high)
    }
    return PredictedAccuracy(
      split: split, missingCount: missingCount, unlabelledCount: unlabelledCount, unknownLabelCount: unknownLabelCount,
      all: all, clean: clean, leaked: leaked, gap: gap)
  }
}
