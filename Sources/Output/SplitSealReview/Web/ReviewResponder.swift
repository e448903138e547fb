internal import NIOHTTP1
internal import SplitSealJSON

/// Answers the requests of the page.
///
/// Paths are compared as they are sent, byte by byte: nothing is unescaped and no path leads to a file.
struct ReviewResponder: Sendable {
  /// Pairs that one request may ask for.
  static let mostPairs = 64
  /// Pairs of one queue: more than anybody looks at in a sitting.
  static let mostQueued = 50_000

  let session: ReviewSession
  let keys: AccessKeys
  let pictures: any ReviewPictures
  let workers: PictureWorkers
  let samples: Set<Int>
  let port: Int

  /// Answers one request.
  func response(to request: PageRequest) async -> PageResponse {
    let access = RequestGuard(port: port)
    if let refusal = access.refusalOfHost(request) {
      return .text(refusal.message, status: refusal.status)
    }
    let target = Target(request.uri)
    if target.path == "/" { return opened(request, target) }
    if let refusal = access.refusalOfSite(request) ?? refusalOfStranger(request) {
      return .failure(refusal.message, status: refusal.status)
    }
    guard let resource = Resource(target.path, below: keys.folder) else {
      return .failure("there is nothing at this address", status: .notFound)
    }
    guard request.method == resource.method else {
      return .failure(
        "this address is for \(resource.method.rawValue)", status: .methodNotAllowed,
        [("allow", resource.method.rawValue)])
    }
    do {
      if resource.method == .POST, let refusal = access.refusalOfChange(request) { throw refusal }
      return try await response(to: request, resource, target.query)
    } catch let fault as ReviewFault {
      return failure(fault)
    } catch let refusal as Refusal {
      return .failure(refusal.message, status: refusal.status)
    } catch {
      return .failure("the program failed", status: .internalServerError)
    }
  }

  /// The page for whoever has the link for the first time.
  private func opened(_ request: PageRequest, _ target: Target) -> PageResponse {
    guard request.method == .GET else {
      return .failure("this address is for GET", status: .methodNotAllowed, [("allow", "GET")])
    }
    guard let token = target.query["token"], keys.redeem(token) else {
      return .text(
        "This link has been used, or is not the one that was printed. A link opens the page once, in one browser: go back to"
          + " the window that it opened (a closed one is in the browser's history), or end the program and run it again for a"
          + " new link.", status: .forbidden)
    }
    // The page itself and no redirect: after one a browser that came from elsewhere would not send the cookie.
    return page([("set-cookie", keys.setCookie(port: port))])
  }

  private func refusalOfStranger(_ request: PageRequest) -> Refusal? {
    guard keys.admits(cookieHeaders: request.headers["cookie"], port: port) else {
      return Refusal(status: .forbidden, message: "open the page by the link that the program printed")
    }
    return nil
  }

  private func page(_ more: [(String, String)] = []) -> PageResponse {
    let text = String(decoding: PackageResources.review_html, as: UTF8.self)
    return .bytes(
      Array(text.replacing("{{folder}}", with: "/\(keys.folder)/").utf8), "text/html; charset=utf-8", more)
  }

  private func response(
    to request: PageRequest, _ resource: Resource, _ query: QueryText
  ) async throws -> PageResponse {
    switch resource {
    case .page: return page()
    case .file(let file): return .bytes(file.bytes, file.type)
    case .session: return .json(await session.sessionDocument())
    case .queue: return .json(try await queue(query))
    case .pairs: return .json(try await pairs(query))
    case .warp: return .json(try await warp(query))
    case .picture(let sample): return try await picture(of: sample, query)
    case .decisions:
      return .json(try await session.decide(try DecisionRequest(try body(of: request))))
    case .undo:
      _ = try DecisionRequest.document(try body(of: request))
      return .json(try await session.undoneDocument())
    }
  }

  private func failure(_ fault: ReviewFault) -> PageResponse {
    let status: HTTPResponseStatus =
      switch fault {
      case .unknownCandidate: .notFound
      case .decidedMeanwhile, .nothingToUndo: .conflict
      case .notSaved: .internalServerError
      case .malformed: .badRequest
      case .ended: .serviceUnavailable
      }
    return .failure(fault.message, status: status)
  }

  private func body(of request: PageRequest) throws(Refusal) -> [UInt8] {
    guard let body = request.body else {
      throw Refusal(status: .payloadTooLarge, message: "a request has at most 16 KB")
    }
    return body
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

  private func picture(of sample: Int, _ query: QueryText) async throws -> PageResponse {
    guard samples.contains(sample), let side = query.number("side", in: 16...4_096) else {
      throw Refusal(status: .notFound, message: "there is no such picture")
    }
    guard let jpeg = try await workers.perform({ [pictures] in pictures.jpeg(of: sample, longestSide: side) }) else {
      throw Refusal(status: .notFound, message: "the file cannot be read, or is another one by now")
    }
    return .bytes(jpeg, "image/jpeg")
  }
}
