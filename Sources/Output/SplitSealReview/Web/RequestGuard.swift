internal import NIOHTTP1
internal import SplitSealBase

/// What every request has to show before anything is done for it.
struct RequestGuard: Sendable {
  /// The port that the page is served on.
  let port: Int

  /// Why a request is refused; `nil` when it is not.
  ///
  /// Names other than these two are how a foreign page reaches a local server by a name of its own ("DNS rebinding").
  func refusalOfHost(_ request: PageRequest) -> Refusal? {
    guard let host = host(of: request), names.contains(where: { $0.hasSameBytes(as: host) }) else {
      return Refusal(status: .misdirectedRequest, message: "this page is served as \(names[0]) only")
    }
    return nil
  }

  /// Why a request of another site is refused; `nil` where the browser says nothing of it, or that it is ours.
  func refusalOfSite(_ request: PageRequest) -> Refusal? {
    let sites = request.headers["sec-fetch-site"]
    guard sites.allSatisfy({ $0 == "same-origin" || $0 == "none" }) else {
      return Refusal(status: .forbidden, message: "requests of other pages are refused")
    }
    return nil
  }

  /// Why a request that changes something is refused; `nil` when it is not.
  func refusalOfChange(_ request: PageRequest) -> Refusal? {
    guard let host = host(of: request), request.headers["origin"] == ["http://\(host)"] else {
      return Refusal(status: .forbidden, message: "decisions are taken from this page alone: the origin is another")
    }
    let types = request.headers["content-type"]
    guard types.count == 1, types.first?.split(separator: ";").first?.lowercased() == "application/json" else {
      return Refusal(status: .unsupportedMediaType, message: "a decision is sent as application/json")
    }
    return nil
  }

  private var names: [String] { ["127.0.0.1:\(port)", "localhost:\(port)"] }

  /// The one name that a request is for; `nil` if it has none, or several.
  private func host(of request: PageRequest) -> String? {
    let hosts = request.headers["host"]
    return hosts.count == 1 ? hosts[0] : nil
  }
}

/// Why a request is refused.
struct Refusal: Error {
  /// The status of the response.
  let status: HTTPResponseStatus
  /// Why, for a person.
  let message: String
}
