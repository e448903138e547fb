internal import SplitSealBase
internal import SplitSealManifest
internal import SplitSealPolicy

/// What the labels of a dataset are taken for: told once, so that all rules agree.
struct LabelReading: Sendable {
  /// What labels say of an image.
  enum Meaning: Hashable, Sendable {
    /// There are none.
    case absent
    /// Which classes it shows.
    case classes
    /// A number: a regression target.
    case numbers
    /// Nothing that can be compared; the sentence says why. `isDeclared` when the policy says what they are.
    case unusable(String, isDeclared: Bool)
  }

  /// What they say.
  let meaning: Meaning
  /// Whether an image may have several classes.
  let isMultiple: Bool
  /// The classes, sorted by UTF-8 bytes; empty when labels are no classes.
  let classNames: [String]
  /// The classes of each label of the manifest, ascending.
  let classesOfLabel: [[Int]]
  /// The number that each label of the manifest is; empty when labels are no numbers.
  let numbers: [Double]
  /// What there is to say of labels that hold the separator of classes; `nil` where none does.
  let note: String?

  /// Reads the labels.
  ///
  /// - Complexity: O(*n* + *l* log *l*) for *n* samples and *l* labels.
  init(_ manifest: Manifest, _ paths: RepeatedPaths, _ limits: ClassLimits) {
    let labels = manifest.labels
    let labelled = manifest.samples.count { $0.label != nil }
    let hasLists = manifest.inputs.contains(where: \.hasLabelLists)
    let separator = hasLists ? ManifestInput.labelSeparator : limits.separator
    guard !labels.isEmpty else {
      self.init(.absent)
      return
    }
    switch limits.kind {
    case .single:
      self.init(classesNamed: labels)
    case .multiple:
      self.init(partsOf: labels, separator: separator)
    case .number:
      let numbers = Self.numbers(labels)
      if let odd = numbers.firstIndex(of: nil) {
        let sentence =
          "the policy says that labels are numbers, and \(labels[odd].quoted) is none: they were not compared"
        self.init(.unusable(sentence, isDeclared: true))
      } else {
        self.init(.numbers, numbers: numbers.compactMap(\.self))
      }
    case .automatic where hasLists:
      self.init(partsOf: labels, separator: separator)
    case .automatic:
      let joined = Self.joined(labels, separator)
      if let first = joined.first, joined.allSatisfy({ Self.partsStandAlone($0, separator, in: labels) }) {
        self.init(partsOf: labels, separator: separator, note: Self.takenApart(first))
        return
      }
      let note = joined.first.map { Self.keptWhole($0, joined.count, separator) }
      let numbers = Self.numbers(labels).compactMap(\.self)
      if Self.areTargets(numbers, labelCount: labels.count, imageCount: labelled) {
        self.init(.numbers, numbers: numbers)
      } else if labels.count > Self.mostCertainClasses, 2 * labels.count > labelled {
        self.init(.unusable(Self.tooMany(labels.count, labelled), isDeclared: false))
      } else {
        self.init(
          classesNamed: labels, isMultiple: Self.haveSeveral(manifest, paths, labelled: labelled), note: note)
      }
    }
  }

  private init(
    _ meaning: Meaning, isMultiple: Bool = false, classNames: [String] = [], classesOfLabel: [[Int]] = [],
    numbers: [Double] = [], note: String? = nil
  ) {
    self.meaning = meaning
    self.isMultiple = isMultiple
    self.classNames = classNames
    self.classesOfLabel = classesOfLabel
    self.numbers = numbers
    self.note = note
  }

  private init(classesNamed labels: [String], isMultiple: Bool = false, note: String? = nil) {
    self.init(
      .classes, isMultiple: isMultiple, classNames: labels, classesOfLabel: labels.indices.map { [$0] }, note: note)
  }

  /// Labels that name several classes: `cat|dog`.
  private init(partsOf labels: [String], separator: String, note: String? = nil) {
    let parts = labels.map { label in
      separator.isEmpty ? [label] : label.split(separator: separator, omittingEmptySubsequences: true).map(String.init)
    }
    let all = parts.joined().sorted { $0.precedesByBytes($1) }
    var names: [String] = []
    for name in all where names.last.map({ $0.hasSameBytes(as: name) }) != true { names.append(name) }
    self.init(
      .classes, isMultiple: true, classNames: names,
      classesOfLabel: parts.map { Set($0.compactMap { Self.place(of: $0, in: names) }).sorted() }, note: note)
  }

  /// The index of a name among names sorted by bytes.
  private static func place(of name: String, in names: [String]) -> Int? {
    var (low, high) = (0, names.count)
    while low < high {
      let middle = (low + high) / 2
      if names[middle].utf8.lexicographicallyPrecedes(name.utf8) { low = middle + 1 } else { high = middle }
    }
    return low < names.count && names[low].hasSameBytes(as: name) ? low : nil
  }
}

extension LabelReading {
  /// So many different labels are taken for classes, however few images there are.
  private static let mostCertainClasses = 50
  /// So many different numbers are taken for names of classes, as digits and ages in years are.
  private static let mostNumberedClasses = 20
  /// Images with several rows that make a data set one of several classes an image; fewer are conflicts of labels.
  private static let leastSeveral = 10

  /// The labels that hold the separator.
  private static func joined(_ labels: [String], _ separator: String) -> [String] {
    separator.isEmpty ? [] : labels.filter { $0.firstRange(of: separator) != nil }
  }

  /// Whether each part of a label is the whole label of other images: then `cat|dog` names two classes, and is not the name
  /// of one.
  private static func partsStandAlone(_ label: String, _ separator: String, in labels: [String]) -> Bool {
    label.split(separator: separator, omittingEmptySubsequences: false).allSatisfy {
      place(of: String($0), in: labels) != nil
    }
  }

  private static func takenApart(_ label: String) -> String {
    "labels like \(label.quoted) are read as several classes, because each of their parts is also a label by itself;"
      + " labels.kind 'single' in the policy keeps them whole"
  }

  private static func keptWhole(_ label: String, _ count: Int, _ separator: String) -> String {
    "\(counted(count, "label")) with '\(printable(separator))', like \(label.quoted), \(count == 1 ? "is" : "are each") taken"
      + " for one class; labels.kind 'multiple' in the policy takes them apart"
  }

  /// Numbers are a target when there are many of them, and they are either broken numbers or mostly different.
  private static func areTargets(_ numbers: [Double], labelCount: Int, imageCount: Int) -> Bool {
    guard numbers.count == labelCount, labelCount > mostNumberedClasses else { return false }
    return 2 * labelCount > imageCount || numbers.contains { $0 != $0.rounded() }
  }

  /// The number that a label writes in decimal; `nil` for one that writes none.
  private static func numbers(_ labels: [String]) -> [Double?] {
    labels.map { label in
      guard label.utf8.allSatisfy({ (0x30...0x39).contains($0) || [0x2B, 0x2D, 0x2E, 0x45, 0x65].contains($0) }),
        let number = Double(label), number.isFinite
      else { return nil }
      return number
    }
  }

  /// Whether more than one image in twenty has several rows in a split with different labels.
  private static func haveSeveral(_ manifest: Manifest, _ paths: RepeatedPaths, labelled: Int) -> Bool {
    let samples = manifest.samples
    let several = paths.repeated.count { rows in
      rows.contains { row in
        rows.contains {
          samples[$0].split == samples[row].split && samples[$0].label != nil && samples[row].label != nil
            && samples[$0].label != samples[row].label
        }
      }
    }
    return several >= leastSeveral && 20 * several > labelled
  }

  private static func tooMany(_ labels: Int, _ images: Int) -> String {
    "\(counted(labels, "different label")) of \(counted(images, "image")) are no classes that could be compared:"
      + " the class rules were not run; the policy's kind of labels says what they are"
  }
}
