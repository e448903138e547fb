/// How inputs are read: which columns mean what, and where paths start.
///
/// Columns, and the keys of JSON objects, are found in upper or lower case.
public struct ManifestOptions: Hashable, Sendable {
  /// Column of the image's path; `nil` looks for `path`, `file`, `file_name`, `image`, `filename`, in that order.
  public var pathColumn: String?
  /// Column of the split; `nil` looks for `split`.
  public var splitColumn: String?
  /// Column of the label; `nil` looks for `label`, `class`, `category`, `target`, in that order.
  public var labelColumn: String?
  /// Columns of groups, each a grouping of its own; empty looks for one of the usual names: `group`, `subject`, `patient_id`,
  /// `video` and others.
  public var groupColumns: [String] = []
  /// Patterns over paths whose captures are groups, each a grouping of its own, behind those of columns.
  public var groupPatterns: [String] = []
  /// Column of the time at which a sample was taken; `nil` looks for none.
  public var timeColumn: String?
  /// Folder that paths are relative to; `nil` takes the manifest's own folder, or the folder that is the input.
  public var root: String?
  /// What is left out: patterns of names, or with a slash of paths below the input's folder, as the shell writes them.
  public var excludedPatterns: [String] = []
  /// Roles of split names that are not among the usual ones, or whose usual role is not meant.
  public var roles: SplitRoles = [:]

  /// The defaults: columns found by name, paths relative to the manifest.
  public init() {}
}
