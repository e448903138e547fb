internal import ArgumentParser
internal import SplitSealImage
internal import SplitSealManifest

/// Which samples, and how they are read.
struct InputOptions: ParsableArguments {
  @Argument(help: ArgumentHelp("Manifest, folder, or SPLIT=PATH of either.", valueName: "input"), completion: .file())
  var inputs: [String]

  @Option(
    help: ArgumentHelp(
      "Column of the image's path (default: path, file, file_name, image, filename).", valueName: "name"))
  var pathColumn: String?

  @Option(help: ArgumentHelp("Column of the split (default: split).", valueName: "name"))
  var splitColumn: String?

  @Option(help: ArgumentHelp("Column of the label (default: label, class, category, target).", valueName: "name"))
  var labelColumn: String?

  @Option(
    help: ArgumentHelp(
      "Column of a group (default: the first called like one: group, subject, patient_id, video ...). Repeatable.",
      valueName: "name"))
  var groupColumn: [String] = []

  @Option(
    help: ArgumentHelp(
      "Regular expression over paths whose capture is a group: 'subject_(\\d+)'. Repeatable.", valueName: "pattern"))
  var groupPattern: [String] = []

  @Option(
    help: ArgumentHelp("Column of the time of capture: dates, or whole numbers (default: none).", valueName: "name"))
  var timeColumn: String?

  @Option(
    help: ArgumentHelp("Folder that paths are relative to (default: the manifest's).", valueName: "folder"),
    completion: .directory)
  var root: String?

  @Option(
    help: ArgumentHelp(
      "Role of a split with a name of its own: training, validation, test or other. Repeatable.",
      valueName: "split=role"))
  var role: [String] = []

  @Option(
    help: ArgumentHelp(
      "Files and folders to leave out, by name or, with a slash, by path: '*_mask.png', 'train/old/*'. Repeatable.",
      valueName: "pattern"))
  var exclude: [String] = []

  @Option(help: ArgumentHelp("Most pixels an image may have.", valueName: "count"))
  var maxPixels: Int = ImageLimits().maximumPixelCount

  @Option(help: ArgumentHelp("Most bytes an image file may have.", valueName: "count"))
  var maxBytes: Int = ImageLimits().maximumByteCount

  @OptionGroup var work: WorkOptions

  func validate() throws {
    guard maxPixels > 0 else { throw ValidationError("--max-pixels must be 1 or more") }
    guard maxBytes > 0 else { throw ValidationError("--max-bytes must be 1 or more") }
    guard !exclude.contains(where: { $0.isEmpty || $0 == "/" }) else {
      throw ValidationError("--exclude '': the pattern is empty")
    }
    for text in role {
      let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2, SplitRole(rawValue: parts[1]) != nil else {
        throw ValidationError("--role \(text): expected SPLIT=training, SPLIT=validation, SPLIT=test or SPLIT=other")
      }
    }
  }

  /// Whether nothing but errors is printed.
  var quiet: Bool { work.quiet }

  /// The arguments that name the same samples to another command.
  var arguments: [String] { inputs + (root.map { ["--root", $0] } ?? []) + flagArguments }

  /// The flags that say what columns and splits mean.
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

  /// The options of the manifest reader.
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

  /// The limits of an image.
  var limits: ImageLimits {
    var limits = ImageLimits()
    limits.maximumPixelCount = maxPixels
    limits.maximumByteCount = maxBytes
    return limits
  }
}
