internal import NIOHTTP1

/// What is at an address.
enum Resource: Hashable, Sendable {
  case page
  case file(PageFile)
  case session, queue, pairs, warp
  case picture(Int)
  case decisions, undo

  /// The resource at a path; `nil` when there is none.
  ///
  /// - Parameters:
  ///   - path: The path as it was sent.
  ///   - folder: The page's first component.
  init?(_ path: Substring, below folder: String) {
    let prefix = "/\(folder)/"
    guard path.utf8.starts(with: prefix.utf8) else { return nil }
    switch path.dropFirst(prefix.count) {
    case "": self = .page
    case "api/session": self = .session
    case "api/queue": self = .queue
    case "api/pairs": self = .pairs
    case "api/warp": self = .warp
    case "api/decisions": self = .decisions
    case "api/undo": self = .undo
    case let rest:
      if let file = PageFile(rawValue: String(rest)) {
        self = .file(file)
        return
      }
      let digits = rest.dropFirst("picture/".count)
      guard rest.hasPrefix("picture/"), (1...9).contains(digits.utf8.count),
        digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }), let sample = Int(digits)
      else { return nil }
      self = .picture(sample)
    }
  }

  /// The one method that it is for.
  var method: HTTPMethod {
    switch self {
    case .decisions, .undo: .POST
    default: .GET
    }
  }
}

/// A file of the page, which is part of the program.
enum PageFile: String, CaseIterable, Sendable {
  case style = "review.css"
  case script = "review.js"
  case api = "api.js"
  case controls = "controls.js"
  case pictures = "pictures.js"
  case queue = "queue.js"
  case stage = "stage.js"
  case words = "words.js"
  case icon = "review.svg"

  /// What it holds.
  var bytes: [UInt8] {
    switch self {
    case .style: PackageResources.review_css
    case .script: PackageResources.review_js
    case .api: PackageResources.api_js
    case .controls: PackageResources.controls_js
    case .pictures: PackageResources.pictures_js
    case .queue: PackageResources.queue_js
    case .stage: PackageResources.stage_js
    case .words: PackageResources.words_js
    case .icon: PackageResources.review_svg
    }
  }

  /// Its media type.
  var type: String {
    switch self {
    case .style: "text/css; charset=utf-8"
    case .icon: "image/svg+xml"
    default: "text/javascript; charset=utf-8"
    }
  }
}

/// What a request asks for.
struct Target {
  /// The path as it was sent.
  let path: Substring
  /// What stands behind the `?`.
  let query: QueryText

  /// Parts the target of a request.
  init(_ text: String) {
    let parts = text.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    path = parts[0]
    query = QueryText(parts.count > 1 ? parts[1] : "")
  }
}
