internal import NIOHTTP1
internal import SplitSealJSON

/// A response of the page.
struct PageResponse: Sendable {
  let status: HTTPResponseStatus
  let headers: HTTPHeaders
  let body: [UInt8]

  /// What every response says to the browser, errors too: nothing from elsewhere, nothing inline, no frames, no guessing
  /// of types, nothing kept.
  private static let guards: [(String, String)] = [
    (
      "content-security-policy",
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    ("x-content-type-options", "nosniff"), ("referrer-policy", "no-referrer"), ("cache-control", "no-store"),
    ("x-frame-options", "DENY"), ("cross-origin-resource-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
  ]

  /// A response with bytes of a type.
  static func bytes(
    _ bytes: [UInt8], _ type: String, status: HTTPResponseStatus = .ok, _ more: [(String, String)] = []
  ) -> Self {
    let size = [("content-length", String(bytes.count))]
    return Self(status: status, headers: HTTPHeaders([("content-type", type)] + size + guards + more), body: bytes)
  }

  /// A JSON document.
  static func json(_ document: JSONValue, status: HTTPResponseStatus = .ok, _ more: [(String, String)] = []) -> Self {
    bytes(Array(document.compactText.utf8), "application/json", status: status, more)
  }

  /// Why a request cannot be done, for the script and for people; texts here hold nothing that was sent.
  static func failure(_ message: String, status: HTTPResponseStatus, _ more: [(String, String)] = []) -> Self {
    json(.object(["error": .string(message)]), status: status, more)
  }

  /// Why a request cannot be done, as a sentence for whoever opened the address.
  static func text(_ message: String, status: HTTPResponseStatus) -> Self {
    bytes(Array((message + "\n").utf8), "text/plain; charset=utf-8", status: status)
  }
}
