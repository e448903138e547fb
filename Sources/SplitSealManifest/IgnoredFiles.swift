/// Which names in a folder are not taken for images.
///
/// Everything else is listed whatever its extension: the content decides later, so that an image under a wrong name is
/// reported and not dropped. The lists stand in docs/manifests.md too.
enum IgnoredFiles {
  private static let extensions: Set<String> = [
    "txt", "md", "rst", "csv", "tsv", "json", "jsonl", "ndjson", "xml", "yaml", "yml", "toml", "ini", "cfg", "html",
    "htm", "css", "js", "pdf", "doc", "docx", "xls", "xlsx", "py", "ipynb", "m", "r", "sh", "bat", "npy", "npz", "mat",
    "pkl", "pickle", "pt", "pth", "onnx", "h5", "hdf5", "parquet", "arrow", "tfrecord", "db", "sqlite", "log", "lst",
    "bib", "tex", "zip", "tar", "gz", "tgz", "bz2", "xz", "zst", "7z", "rar", "md5", "sha1", "sha256", "sig", "asc",
    "torrent", "url", "lnk", "dvc",
  ]
  private static let names: Set<String> = [
    "readme", "license", "licence", "copying", "notice", "authors", "citation", "changelog", "makefile", "dockerfile",
    "version", "md5sums", "sha1sums", "sha256sums",
  ]

  /// Whether a file of this name is passed over and only counted.
  static func contains(_ name: String) -> Bool {
    let suffix = lowercasedExtension(of: name)
    return isHidden(name) || extensions.contains(suffix) || (suffix.isEmpty && names.contains(lowercasedASCII(name)))
  }

  /// Whether a file or folder is hidden: its name begins with a full stop.
  static func isHidden(_ name: String) -> Bool { name.utf8.first == UInt8(ascii: ".") }
}
