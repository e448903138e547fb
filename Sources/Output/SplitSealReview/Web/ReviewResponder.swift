internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import SplitSealJSON
internal import Synchronization

/// Answers the requests of the page.
///
/// Paths are compared as they are sent, byte by byte: nothing is unescaped and no path leads to a file.
struct ReviewResponder: HTTPResponder {
  typealias Context = BasicRequestContext

  /// Pairs that one request may ask for.
  static let mostPairs = 64
  /// Pairs of one queue: more than anybody looks at in a sitting.
  static let mostQueued = 50_000

  let session: ReviewSession
  let keys: AccessKeys
  let pictures: any ReviewPictures
  let workers: PictureWorkers
  let samples: Set<Int>
  let port: BoundPort

  func respond(to request: Request, context: BasicRequestContext) async throws -> Response {
    guard let port = port.number else { return ReviewResponse.text("not ready yet", status: .serviceUnavailable) }
    let access = RequestGuard(port: port)
    if let refusal = access.refusalOfHost(request) {
      return ReviewResponse.text(refusal.message, status: refusal.status)
    }
    let target = Target(request.head.path ?? "")
    if target.path == "/" { return opened(request, target, port) }
    if let refusal = access.refusalOfSite(request) ?? refusalOfStranger(request, port) {
      return ReviewResponse.failure(refusal.message, status: refusal.status)
    }
    guard let resource = Resource(target.path, below: keys.folder) else {
      return ReviewResponse.failure("there is nothing at this address", status: .notFound)
    }
    guard request.method == resource.method else {
      return ReviewResponse.failure(
        "this address is for \(resource.method.rawValue)", status: .methodNotAllowed,
        [("allow", resource.method.rawValue)])
    }
    do {
      if resource.method == .post, let refusal = access.refusalOfChange(request) { throw refusal }
      return try await response(to: request, resource, target.query)
    } catch let fault as ReviewFault {
      return await failure(fault)
    } catch let refusal as Refusal {
      return ReviewResponse.failure(refusal.message, status: refusal.status)
    }
  }

  /// The page for whoever has the link for the first time.
  private func opened(_ request: Request, _ target: Target, _ port: Int) -> Response {
    guard request.method == .get else {
      return ReviewResponse.failure("this address is for GET", status: .methodNotAllowed, [("allow", "GET")])
    }
    guard let token = target.query["token"], keys.redeem(token) else {
      return ReviewResponse.text(
        "This link has been used, or is not the one that was printed. A link opens the page once, in one browser: go back to"
          + " the window that it opened (a closed one is in the browser's history), or end the program and run it again for a"
          + " new link.", status: .forbidden)
    }
    // The page itself and no redirect: after one a browser that came from elsewhere would not send the cookie.
    return page([("set-cookie", keys.setCookie(port: port))])
  }

  private func refusalOfStranger(_ request: Request, _ port: Int) -> Refusal? {
    let cookies = request.headers.filter { $0.name.canonicalName == "cookie" }.map(\.value)
    guard keys.admits(cookieHeaders: cookies, port: port) else {
      return Refusal(status: .forbidden, message: "open the page by the link that the program printed")
    }
    return nil
  }

  private func page(_ more: [(String, String)] = []) -> Response {
    let text = String(decoding: PackageResources.review_html, as: UTF8.self)
    return ReviewResponse.bytes(
      Array(text.replacing("{{folder}}", with: "/\(keys.folder)/").utf8), "text/html; charset=utf-8", more)
  }

  private func response(
    to request: Request, _ resource: Resource, _ query: QueryText
  ) async throws -> Response {
    switch resource {
    case .page: return page()
    case .file(let file): return ReviewResponse.bytes(file.bytes, file.type)
    case .session: return ReviewResponse.json(await session.sessionDocument())
    case .queue: return ReviewResponse.json(try await queue(query))
    case .pairs: return ReviewResponse.json(try await pairs(query))
    case .warp: return ReviewResponse.json(try await warp(query))
    case .picture(let sample): return try await picture(of: sample, query)
    case .decisions:
      return ReviewResponse.json(try await session.decide(try DecisionRequest(try await body(of: request))))
    case .undo:
      _ = try DecisionRequest.document(try await body(of: request))
      return ReviewResponse.json(try await session.undoneDocument())
    }
  }

  private func failure(_ fault: ReviewFault) async -> Response {
    let status: HTTPResponse.Status =
      switch fault {
      case .unknownCandidate: .notFound
      case .decidedMeanwhile, .nothingToUndo: .conflict
      case .notSaved: .internalServerError
      case .malformed: .badRequest
      case .ended: .serviceUnavailable
      }
    return ReviewResponse.failure(fault.message, status: status)
  }

  private func body(of request: Request) async throws -> [UInt8] {
    var bytes: [UInt8] = []
    for try await buffer in request.body {
      bytes.append(contentsOf: buffer.readableBytesView)
      guard bytes.count <= DecisionRequest.maximumByteCount else {
        throw Refusal(status: .contentTooLarge, message: "a request has at most 16 KB")
      }
    }
    return bytes
  }

  private func queue(_ query: QueryText) async throws(ReviewFault) -> JSONValue {
    guard let order = CandidateOrder(rawValue: query["order"] ?? "doubtful"),
      let band = CandidateFilter.Band(rawValue: query["band"] ?? "all"),
      let state = CandidateFilter.State(rawValue: query["state"] ?? "all"),
      let labels = CandidateFilter.Labels(rawValue: query["labels"] ?? "all")
    else { throw .malformed("there is no such order or filter") }
    let splitPair = query.number("splits", in: 0...1_000_000)
    let filter = CandidateFilter(splitPair: splitPair, band: band, state: state, labels: labels)
    return await session.queueDocument(order, filter, limit: Self.mostQueued)
  }

  private func pairs(_ query: QueryText) async throws(ReviewFault) -> JSONValue {
    let words = (query["of"] ?? "").split(separator: ",")
    guard words.count <= Self.mostPairs else { throw .malformed("at most \(Self.mostPairs) pairs at once") }
    var indices: [Int] = []
    for word in words {
      guard let index = Int(word) else { throw .unknownCandidate }
      indices.append(index)
    }
    return try await session.pairsDocument(of: indices)
  }

  /// How the pictures of a pair lie on each other, as far as their pixels tell.
  private func warp(_ query: QueryText) async throws -> JSONValue {
    guard let index = query.number("of", in: 0...max(0, session.candidateCount - 1)), session.candidateCount > 0 else {
      throw ReviewFault.unknownCandidate
    }
    let candidate = session.list.candidates[index]
    let found = try await workers.perform { [pictures] in pictures.warp(of: candidate.match) }
    return session.document(of: candidate, found)
  }

  private func picture(of sample: Int, _ query: QueryText) async throws -> Response {
    guard samples.contains(sample), let side = query.number("side", in: 16...4_096) else {
      throw Refusal(status: .notFound, message: "there is no such picture")
    }
    guard let jpeg = try await workers.perform({ [pictures] in pictures.jpeg(of: sample, longestSide: side) }) else {
      throw Refusal(status: .notFound, message: "the file cannot be read, or is another one by now")
    }
    return ReviewResponse.bytes(jpeg, "image/jpeg")
  }
}

/// The port that the system gave.
final class BoundPort: Sendable {
  private let value = Mutex<Int?>(nil)

  /// Its number; `nil` before the server listens.
  var number: Int? { value.withLock { $0 } }

  /// Notes the number.
  func set(_ number: Int) { value.withLock { $0 = number } }
}
