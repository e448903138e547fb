internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import SplitSealJSON

/// The responses of the page.
enum ReviewResponse {
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
    _ bytes: [UInt8], _ type: String, status: HTTPResponse.Status = .ok, _ more: [(String, String)] = []
  ) -> Response {
    var fields = HTTPFields()
    for (name, value) in [("content-type", type)] + guards + more {
      guard let name = HTTPField.Name(name) else { continue }
      fields.append(HTTPField(name: name, value: value))
    }
    return Response(status: status, headers: fields, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
  }

  /// A JSON document.
  static func json(
    _ document: JSONValue, status: HTTPResponse.Status = .ok, _ more: [(String, String)] = []
  ) -> Response {
    bytes(Array(document.compactText.utf8), "application/json", status: status, more)
  }

  /// Why a request cannot be done, for the script and for people; texts here hold nothing that was sent.
  static func failure(
    _ message: String, status: HTTPResponse.Status, _ more: [(String, String)] = []
  ) -> Response {
    json(.object(["error": .string(message)]), status: status, more)
  }

  /// Why a request cannot be done, as a sentence for whoever opened the address.
  static func text(_ message: String, status: HTTPResponse.Status) -> Response {
    bytes(Array((message + "\n").utf8), "text/plain; charset=utf-8", status: status)
  }
}
