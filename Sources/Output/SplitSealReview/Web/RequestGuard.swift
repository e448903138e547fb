internal import SplitSealBase
internal import Hummingbird

/// What every request has to show before anything is done for it.
struct RequestGuard: Sendable {
  /// The port that the page is served on.
  let port: Int

  /// Why a request is refused; `nil` when it is not.
  ///
  /// Names other than these two are how a foreign page reaches a local server by a name of its own ("DNS rebinding").
  func refusalOfHost(_ request: Request) -> Refusal? {
    // The first Host field is the authority; there must not be a second.
    guard let authority = request.head.authority, !request.headers.contains(where: { $0.name.canonicalName == "host" }),
      names.contains(where: { $0.hasSameBytes(as: authority) })
    else {
      return Refusal(status: .misdirectedRequest, message: "this page is served as \(names[0]) only")
    }
    return nil
  }

  /// Why a request of another site is refused; `nil` where the browser says nothing of it, or that it is ours.
  func refusalOfSite(_ request: Request) -> Refusal? {
    let sites = values("sec-fetch-site", request)
    guard sites.allSatisfy({ $0 == "same-origin" || $0 == "none" }) else {
      return Refusal(status: .forbidden, message: "requests of other pages are refused")
    }
    return nil
  }

  /// Why a request that changes something is refused; `nil` when it is not.
  func refusalOfChange(_ request: Request) -> Refusal? {
    guard let authority = request.head.authority, values("origin", request) == ["http://\(authority)"] else {
      return Refusal(status: .forbidden, message: "decisions are taken from this page alone: the origin is another")
    }
    let types = values("content-type", request)
    guard types.count == 1, types.first?.split(separator: ";").first?.lowercased() == "application/json" else {
      return Refusal(status: .unsupportedMediaType, message: "a decision is sent as application/json")
    }
    return nil
  }

  private var names: [String] { ["127.0.0.1:\(port)", "localhost:\(port)"] }

  private func values(_ name: String, _ request: Request) -> [String] {
    request.headers.filter { $0.name.canonicalName == name }.map(\.value)
  }
}

/// Why a request is refused.
struct Refusal: Error {
  /// The status of the response.
  let status: HTTPResponse.Status
  /// Why, for a person.
  let message: String
}
