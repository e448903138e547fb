internal import Crypto
internal import Synchronization

/// The secrets of one run of the page: a token that opens it once, and what the browser that used it shows from then on.
final class AccessKeys: Sendable {
  /// What the link that is printed holds.
  let token: String
  /// The first component of every path of the page.
  ///
  /// The cookie is bound to it: browsers send cookies to every port of a host, but only below their path, which a server
  /// on another port does not know.
  let folder: String
  private let tokenDigest: SHA256Digest
  private let cookie: String
  private let cookieDigest: SHA256Digest
  private let isTokenUsed = Mutex(false)

  init() {
    (token, folder, cookie) = (Self.secret(byteCount: 32), Self.secret(byteCount: 16), Self.secret(byteCount: 32))
    tokenDigest = SHA256.hash(data: Array(token.utf8))
    cookieDigest = SHA256.hash(data: Array(cookie.utf8))
  }

  /// The cookie's name on a port: names with the port keep two reviews apart.
  static func cookieName(port: Int) -> String { "splitseal-review-\(port)" }

  /// The header that gives the browser its cookie.
  func setCookie(port: Int) -> String {
    "\(Self.cookieName(port: port))=\(cookie); Path=/\(folder)/; HttpOnly; SameSite=Strict"
  }

  /// Whether a text is the token, which has not been used; from now on it has.
  ///
  /// Digests are compared, in constant time: how long it takes tells nothing about the token.
  func redeem(_ text: String) -> Bool {
    guard SHA256.hash(data: Array(text.utf8)) == tokenDigest else { return false }
    return isTokenUsed.withLock { isUsed in
      defer { isUsed = true }
      return !isUsed
    }
  }

  /// Whether one of the values of `Cookie` headers holds the session.
  func admits(cookieHeaders: [String], port: Int) -> Bool {
    let name = Self.cookieName(port: port)
    for header in cookieHeaders {
      for part in header.split(separator: ";") {
        let pair = part.drop { $0 == " " }.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard pair.count == 2, pair[0].utf8.elementsEqual(name.utf8) else { continue }
        if SHA256.hash(data: Array(pair[1].utf8)) == cookieDigest { return true }
      }
    }
    return false
  }

  /// Random bytes of the system as hexadecimal digits.
  private static func secret(byteCount: Int) -> String {
    var generator = SystemRandomNumberGenerator()
    let digits = Array("0123456789abcdef")
    return String((0..<2 * byteCount).map { _ in digits[Int(generator.next() & 15)] })
  }
}
