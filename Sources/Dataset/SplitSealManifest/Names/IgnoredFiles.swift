internal import SplitSealBase

/// Which names in a folder are not taken for images.
///
/// Everything else is listed whatever its extension: the content decides later, so that an image under a wrong name is
/// reported and not dropped. docs/manifests.md describes the lists.
enum IgnoredFiles {
  private static let extensions = otherExtensions.union(ManifestLayouts.fileExtensions)
  private static let otherExtensions: Set<String> = [
    // Texts, tables and documents.
    "txt", "md", "rst", "jsonld", "xml", "yaml", "yml", "toml", "ini", "cfg",
    "conf", "html", "htm", "css", "pdf", "doc", "docx", "xls", "xlsx", "ods", "odt", "rtf", "ppt", "pptx", "log", "lst",
    "bib", "tex", "nfo", "srt", "vtt", "names", "labels", "url", "webloc", "desktop", "lnk", "torrent",
    // Programs.
    "py", "pyc", "ipynb", "m", "r", "sh", "bat", "cmd", "ps1", "js", "ts", "java", "class", "jar", "c", "cc", "cpp",
    "h",
    "hpp", "go", "rs", "rb", "pl", "php", "lua", "swift", "exe", "dll", "so", "dylib", "app", "apk", "msi",
    // Numbers, models and databases.
    "npy", "npz", "mat", "pkl", "pickle", "joblib", "pt", "pth", "ckpt", "onnx", "tflite", "pb", "pbtxt", "prototxt",
    "safetensors", "weights", "h5", "hdf5", "parquet", "arrow", "feather", "orc", "avro", "tfrecord", "tfrecords",
    "rec",
    "idx", "data", "dat", "bin", "cache", "db", "sqlite", "sqlite3", "mdb", "lmdb", "rds", "rdata", "sav", "dta",
    // Archives, digests and signatures.
    "zip", "tar", "gz", "tgz", "bz2", "xz", "zst", "lz4", "7z", "rar", "iso", "dmg", "md5", "sha1", "sha256", "sha512",
    "sfv", "sig", "asc", "dvc",
    // What cameras and editors put beside a picture, and what maps need to place it.
    "xmp", "aae", "pp3", "dop", "thm", "lrv", "jgw", "jpgw", "jgwx", "pgw", "pngw", "pgwx", "tfw", "tifw", "tfwx",
    "gfw",
    "bpw", "bmpw", "wld", "prj", "aux", "cpg", "shp", "shx", "dbf", "sbn", "sbx", "qpj", "geojson", "kml", "kmz", "gpx",
    // Films and sound.
    "mp4", "m4v", "mov", "avi", "mkv", "webm", "wmv", "flv", "mpg", "mpeg", "mts", "m2ts", "3gp", "3g2", "ogv", "mp3",
    "wav", "flac", "ogg", "opus", "m4a", "aac", "wma", "aif", "aiff", "mid",
    // What is not whole, or not meant any more.
    "part", "partial", "crdownload", "download", "tmp", "temp", "bak", "orig", "swp", "swo", "lock", "lck",
  ]
  private static let names: Set<String> = [
    "readme", "license", "licence", "copying", "notice", "authors", "citation", "changelog", "makefile", "dockerfile",
    "version", "md5sums", "sha1sums", "sha256sums",
    // The icon of a folder, as Finder and Google Drive leave it; other systems write its carriage return in other ways.
    "icon\r", "icon\u{F00D}", "icon_", "icon?",
  ]
  /// Folders that systems and programs make for themselves.
  private static let folders: Set<String> = [
    "__macosx", "system volume information", "$recycle.bin", "recycler", "found.000", "lost+found", "@eadir",
    "#recycle",
    "@recycle", "@tmp", "#snapshot", "__pycache__", "network trash folder", "temporary items",
  ]
  /// What images are called, to know a stream of one: `a.jpg:Zone.Identifier`.
  private static let imageExtensions: Set<String> = [
    "jpg", "jpeg", "jpe", "jfif", "png", "gif", "webp", "bmp", "tif", "tiff", "heic", "heif", "avif", "ppm", "pgm",
    "pbm",
  ]

  /// Whether a file of this name is passed over and only counted.
  static func contains(_ name: String) -> Bool {
    let suffix = lowercasedExtension(of: name)
    return isHidden(name) || extensions.contains(suffix) || names.contains(lowercasedASCII(name)) || isBackup(name)
      || isStream(name)
  }

  /// Whether a folder of this name is passed over with all that is in it.
  static func containsFolder(_ name: String) -> Bool { isHidden(name) || folders.contains(lowercasedASCII(name)) }

  /// Whether a file or folder is hidden: its name begins with a full stop.
  static func isHidden(_ name: String) -> Bool { name.utf8.first == UInt8(ascii: ".") }

  /// Whether a name ends like that of an image.
  static func isNameOfImage(_ name: String) -> Bool { imageExtensions.contains(lowercasedExtension(of: name)) }

  /// Under what a file that was passed over is counted: all with one extension go together.
  static func kind(of name: String) -> String {
    if name.utf8.starts(with: "._".utf8) { return "._*" }
    if isStream(name), let colon = name.utf8.lastIndex(of: UInt8(ascii: ":")) { return "*\(name[colon...])" }
    let suffix = lowercasedExtension(of: name)
    return suffix.isEmpty ? name : "*.\(suffix)"
  }

  /// Whether an editor left it: `a.jpg~`, `~$table.xlsx`.
  private static func isBackup(_ name: String) -> Bool {
    name.utf8.last == UInt8(ascii: "~") || name.utf8.starts(with: "~$".utf8)
  }

  /// Whether it was a second stream of a file on a Windows disk: `a.jpg:Zone.Identifier`.
  private static func isStream(_ name: String) -> Bool {
    guard let colon = name.utf8.lastIndex(of: UInt8(ascii: ":")), !isNameOfImage(name) else { return false }
    let suffix = lowercasedExtension(of: String(name[..<colon]))
    return imageExtensions.contains(suffix) || extensions.contains(suffix)
  }
}

/// What a walk passed over: how much, and what it is called.
struct IgnoredTally {
  /// Kinds that are told apart; files of further kinds are counted together.
  private static let maximumKindCount = 64
  /// Names that are told.
  private static let shownNameCount = 20

  /// Number of files, and of folders that were passed over as a whole.
  private(set) var count = 0
  /// How many there are of each kind, by the bytes of what the kind is called.
  private var kinds: [[UInt8]: (count: Int, first: String)] = [:]

  /// Counts a file or folder.
  mutating func add(_ name: String, isFolder: Bool = false) {
    count += 1
    var kind = isFolder ? name + "/" : IgnoredFiles.kind(of: name)
    if kinds[Array(kind.utf8)] == nil, kinds.count == Self.maximumKindCount { kind = "others" }
    kinds[Array(kind.utf8), default: (0, isFolder ? kind : name)].count += 1
  }

  /// What was passed over, the most frequent first: `*.txt (96)`, `labels.cache`.
  var names: [String] {
    let sorted = kinds.sorted { a, b in
      a.value.count == b.value.count ? a.key.lexicographicallyPrecedes(b.key) : a.value.count > b.value.count
    }
    let shown = sorted.prefix(Self.shownNameCount).map { kind, entry in
      entry.count == 1 ? printable(entry.first) : "\(printable(String(decoding: kind, as: UTF8.self))) (\(entry.count))"
    }
    let rest = sorted.dropFirst(Self.shownNameCount).reduce(0) { $0 + $1.value.count }
    return shown + (rest == 0 ? [] : ["\(rest) more"])
  }
}
