internal import SplitSealBase

/// Which columns hold groups, told by their names: the one list of what subjects, recordings and places are called.
///
/// A name is a noun, alone or before a word such as `id`; case, blanks, `_` and `-` do not matter.
enum GroupNames {
  /// The nouns, those first that are preferred where a table has several: who was recorded, then in what, then where.
  private static let nouns = [
    "group", "subject", "patient", "participant", "case", "lesion", "specimen", "slide", "study", "exam", "scan",
    "series", "visit", "session", "video", "clip", "sequence", "recording", "scene", "site",
  ]
  /// Nouns that name a group only with a word behind them: a column `person` may say whether there is one in the image.
  private static let numberedNouns = [
    "person", "individual", "animal", "mouse", "donor", "biopsy", "examination", "acquisition", "movie", "track",
    "trajectory",
  ]
  /// Nouns that most tables use for something else than a group: a column of that name is mentioned and not taken.
  private static let doubtfulNouns = [
    "identity", "user", "author", "family", "source", "origin", "device", "camera", "scanner", "sensor", "hospital",
    "clinic", "center", "centre", "institution", "location", "place", "batch", "plate", "well", "parent", "original",
  ]
  /// What may stand behind a noun; nothing comes first.
  private static let endings = [
    "", "id", "uid", "instanceuid", "no", "nr", "num", "number", "name", "key", "code", "hash",
  ]
  /// Short names of patients' numbers.
  private static let abbreviations = ["pid", "mrn"]
  /// What a number is most often the number of, where it tells no groups.
  private static let imageNouns = [
    "image", "img", "file", "photo", "picture", "frame", "sample", "row", "record", "item", "label", "class",
    "category",
    "target", "annotation", "bbox", "box", "object", "instance", "uu", "gu",
  ]

  /// Ranks of the names that are taken: 0 is best.
  private static let ranks: [String: Int] = {
    let numbered = numberedNouns.flatMap { noun in endings.dropFirst().map { noun + $0 } }
    var ranks: [String: Int] = [:]
    for name in nouns.flatMap({ noun in endings.map { noun + $0 } }) + numbered + abbreviations {
      ranks[name] = ranks.count
    }
    return ranks
  }()
  private static let doubtful = Set(doubtfulNouns.flatMap { noun in endings.map { noun + $0 } })

  /// Some of the names, for a sentence.
  static let examples = ["group", "subject", "patient", "video", "scene"]

  /// How well a column's name fits: 0 is best, `nil` is not at all.
  static func rank(of name: String) -> Int? { ranks[plainName(name)] }

  /// Whether a column that is not taken may hold groups: `Site`, `source_video`, `cow_id`, but not `image_id`.
  static func resembles(_ name: String) -> Bool {
    let words = words(ofName: name)
    let endsLikeGroup = words.indices.contains { start in
      let end = words[start...].joined()
      return ranks[end] != nil || doubtful.contains(end)
    }
    guard !endsLikeGroup else { return true }
    guard let last = words.last, words.count > 1, last == "id" || last == "uid" else { return false }
    return !imageNouns.contains(words[words.count - 2])
  }
}
