/// Why the pixels of an image could not be had.
///
/// A fault is data, not a failure of the run: it becomes an `unreadable-image` finding.
public enum ImageFault: Error, Hashable, Sendable {
  /// There is no file of that name.
  case missing
  /// There is something else of that name: a folder, a device, a pipe.
  case notAFile
  /// The operating system would not give the bytes.
  case unreadable(reason: String)
  /// The file has no bytes.
  case empty
  /// The bytes begin like no image format that is known here.
  case notAnImage
  /// The format is known and not decoded by this version.
  case unsupported(ImageFormat, detail: String?)
  /// The file ends before the picture does.
  case truncated(reason: String)
  /// The codec refused the bytes.
  case corrupt(reason: String)
  /// The header declares more pixels than the limit.
  case tooManyPixels(width: Int, height: Int, limit: Int)
  /// The file has more bytes than the limit.
  case tooManyBytes(count: Int, limit: Int)
  /// Decoding and comparing the picture would take more memory than the limit: it is elongated, has 16 bits a channel, or
  /// comes in scans that have to be held as a whole.
  case tooMuchMemory(byteCount: Int, limit: Int)
}

extension ImageFault: CustomStringConvertible {
  /// A sentence for a person, lower case, without a full stop.
  public var description: String {
    switch self {
    case .missing: "no such file"
    case .notAFile: "not a regular file"
    case .unreadable(let reason): reason
    case .empty: "the file is empty"
    case .notAnImage: "not an image: the first bytes are those of no known format"
    case .unsupported(let format, let detail):
      "\(format.rawValue.uppercased()) is not supported" + (detail.map { " (\($0))" } ?? "")
    case .truncated(let reason): "truncated: \(reason)"
    case .corrupt(let reason): "corrupt: \(reason)"
    case .tooManyPixels(let width, let height, let limit):
      "\(width) x \(height) pixels are more than the limit of \(limit) (--max-pixels)"
    case .tooManyBytes(let count, let limit): "\(count) bytes are more than the limit of \(limit) (--max-bytes)"
    case .tooMuchMemory(let byteCount, let limit):
      "decoding it takes \(byteCount >> 20) MB of memory, more than the limit of \(limit >> 20) MB (--max-pixels raises it)"
    }
  }

  /// A stable name of the kind of fault, for machine formats.
  public var kind: String {
    switch self {
    case .missing: "missing"
    case .notAFile: "not-a-file"
    case .unreadable: "unreadable"
    case .empty: "empty"
    case .notAnImage: "not-an-image"
    case .unsupported: "unsupported"
    case .truncated: "truncated"
    case .corrupt: "corrupt"
    case .tooManyPixels: "too-many-pixels"
    case .tooManyBytes: "too-many-bytes"
    case .tooMuchMemory: "too-much-memory"
    }
  }
}
