internal import ArgumentParser
internal import SplitSealImage
internal import SplitSealManifest

/// The inputs of a command and how they are read.
struct InputOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp("A manifest file, an image folder, or SPLIT=PATH for either.", valueName: "input"),
    completion: .file())
  var inputs: [String]

  @OptionGroup(title: HelpSection.reading) var reading: ReadingOptions
  @OptionGroup(title: HelpSection.speed) var work: WorkOptions

  /// The folder that image paths start from, where the user named it.
  var root: String? { reading.root }

  /// Whether only errors are printed.
  var quiet: Bool { work.quiet }

  /// The arguments that name the same samples to another command.
  var arguments: [String] { inputs + (root.map { ["--root", $0] } ?? []) + reading.flagArguments }
}

/// What the columns and paths of a dataset mean, and which files are read.
struct ReadingOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Folder that image paths start from (default: the manifest's folder).", valueName: "folder"),
    completion: .directory)
  var root: String?

  @Option(
    help: ArgumentHelp(
      "Column with the image path (default: path, file, file_name, image or filename).", valueName: "name"))
  var pathColumn: String?

  @Option(help: ArgumentHelp("Column with the name of the split (default: split).", valueName: "name"))
  var splitColumn: String?

  @Option(
    help: ArgumentHelp("Column with the class (default: label, class, category or target).", valueName: "name"))
  var labelColumn: String?

  @Option(
    help: ArgumentHelp(
      "Column that says which images belong together, for example one patient (default: the first column with such a"
        + " name: group, subject, patient_id, video ...). Repeatable.",
      valueName: "name"))
  var groupColumn: [String] = []

  @Option(
    help: ArgumentHelp(
      "Regular expression for paths; the part that it captures is the group of the image: 'subject_(\\d+)'. Repeatable.",
      valueName: "pattern"))
  var groupPattern: [String] = []

  @Option(
    help: ArgumentHelp(
      "Column with the capture time, as dates or whole numbers (default: none).", valueName: "name"))
  var timeColumn: String?

  @Option(
    help: ArgumentHelp(
      "What a split with a name of your own is for: training, validation, test or other. Repeatable.",
      valueName: "split=role"))
  var role: [String] = []

  @Option(
    help: ArgumentHelp(
      "Files and folders to leave out, by name, or by path if the pattern has a slash: '*_mask.png', 'train/old/*'."
        + " Repeatable.",
      valueName: "pattern"))
  var exclude: [String] = []

  @Option(help: ArgumentHelp("Largest number of pixels that an image may have.", valueName: "count"))
  var maxPixels: Int = ImageLimits().maximumPixelCount

  @Option(help: ArgumentHelp("Largest size of an image file in bytes.", valueName: "count"))
  var maxBytes: Int = ImageLimits().maximumByteCount

  func validate() throws {
    guard maxPixels > 0 else { throw ValidationError("--max-pixels must be 1 or more") }
    guard maxBytes > 0 else { throw ValidationError("--max-bytes must be 1 or more") }
    guard !exclude.contains(where: { $0.isEmpty || $0 == "/" }) else {
      throw ValidationError("--exclude: the pattern is empty")
    }
    for text in role {
      let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2, SplitRole(rawValue: parts[1]) != nil else {
        throw ValidationError("--role \(text): expected SPLIT=training, SPLIT=validation, SPLIT=test or SPLIT=other")
      }
    }
  }

  /// The arguments that give columns and splits the same meaning in another command.
  var flagArguments: [String] {
    let columns = [
      ("--path-column", pathColumn), ("--split-column", splitColumn), ("--label-column", labelColumn),
      ("--time-column", timeColumn),
    ]
    let repeated = [
      ("--group-column", groupColumn), ("--group-pattern", groupPattern), ("--role", role), ("--exclude", exclude),
    ]
    return columns.flatMap { name, value in value.map { [name, $0] } ?? [] }
      + repeated.flatMap { name, values in values.flatMap { [name, $0] } }
  }

  /// The same for the manifest reader.
  var manifestOptions: ManifestOptions {
    var options = ManifestOptions()
    options.pathColumn = pathColumn
    options.splitColumn = splitColumn
    options.labelColumn = labelColumn
    options.groupColumns = groupColumn
    options.groupPatterns = groupPattern
    options.timeColumn = timeColumn
    options.root = root
    options.excludedPatterns = exclude
    for text in role {
      let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
      options.roles[parts[0]] = SplitRole(rawValue: parts[1])
    }
    return options
  }

  /// The largest images that are read.
  var limits: ImageLimits {
    var limits = ImageLimits()
    limits.maximumPixelCount = maxPixels
    limits.maximumByteCount = maxBytes
    return limits
  }
}
