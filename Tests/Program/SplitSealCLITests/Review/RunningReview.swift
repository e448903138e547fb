import SplitSealBase
import Foundation
import Testing

/// `splitseal review`, serving a dataset of a test, and a browser that has opened its page.
final class RunningReview {
  let program: RunningProgram
  let port: UInt16
  let token: String
  /// The first component of the page's paths; empty before the page is open.
  private(set) var folder = ""
  /// The value of `Cookie` headers; empty before the page is open.
  private(set) var cookie = ""

  /// Starts the program and waits for its address.
  convenience init(_ bench: Workbench, _ arguments: [String] = ["near.csv", "--by", "Ann"]) throws {
    try self.init(
      RunningProgram(named: "splitseal", arguments: ["review", "--no-open"] + arguments, currentDirectory: bench.url))
  }

  /// Starts the program by a line of shell that ends in it, and waits for its address.
  convenience init(_ bench: Workbench, shell line: String, environment: [String: String] = [:]) throws {
    let environment = environment.merging(["SPLITSEAL": RunningProgram.path(of: "splitseal")]) { $1 }
    try self.init(
      RunningProgram(
        at: "/bin/sh", arguments: ["-c", line], currentDirectory: bench.url, environment: environment))
  }

  private init(_ program: RunningProgram) throws {
    self.program = program
    var line: Substring?
    while line == nil, program.isRunning {
      line = program.standardOutput.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        .first { $0.hasPrefix("http://") }
      Thread.sleep(forTimeInterval: 0.02)
    }
    let match = try #require(
      line?.wholeMatch(of: /http:\/\/127\.0\.0\.1:([0-9]+)\/\?token=([0-9a-f]{64})/),
      "\(program.standardOutput)\(program.standardError)")
    port = try #require(UInt16(match.1))
    token = String(match.2)
  }

  deinit { program.killAtOnce() }

  /// The host as a browser names it.
  var host: String { "127.0.0.1:\(port)" }

  /// Sends a request with these header fields.
  func request(_ line: String, _ fields: [String], body: String = "") -> RawHTTP.Answer {
    let head = ["\(line) HTTP/1.1"] + fields + ["Connection: close"]
    return RawHTTP.send(head.joined(separator: "\r\n") + "\r\n\r\n" + body, port: port)
  }

  /// Opens the page by its link, as a browser does for the first time.
  @discardableResult func open() throws -> RawHTTP.Answer {
    let answer = request("GET /?token=\(token)", ["Host: \(host)"])
    let header = try #require(answer["set-cookie"])
    let match = try #require(header.firstMatch(of: /^(splitseal-review-[0-9]+=[0-9a-f]{64}); Path=\/([0-9a-f]{32})\//))
    (cookie, folder) = (String(match.1), String(match.2))
    return answer
  }

  /// Gets a path below the page's folder, as the page does.
  func get(_ path: String) -> RawHTTP.Answer {
    request("GET /\(folder)/\(path)", ["Host: \(host)", "Cookie: \(cookie)", "Sec-Fetch-Site: same-origin"])
  }

  /// Posts JSON below the page's folder, as the page does but for some fields; an empty value leaves its field out.
  func post(_ path: String, _ body: String, replacing changed: [String: String] = [:]) -> RawHTTP.Answer {
    let usual = [
      ("Host", host), ("Cookie", cookie), ("Origin", "http://\(host)"), ("Sec-Fetch-Site", "same-origin"),
      ("Content-Type", "application/json"), ("Content-Length", "\(body.utf8.count)"),
    ]
    let fields = usual.map { ($0, changed[$0] ?? $1) }.filter { !$1.isEmpty }.map { "\($0): \($1)" }
    return request("POST /\(folder)/\(path)", fields, body: body)
  }

  /// The candidates in the order that is asked for.
  func queue(_ query: String = "") -> [Int] { get("api/queue?\(query)").document["candidates"] as? [Int] ?? [] }

  /// What the page knows of a candidate.
  func pair(_ candidate: Int) throws -> [String: Any] {
    let pairs = get("api/pairs?of=\(candidate)").document["pairs"] as? [[String: Any]]
    return try #require(pairs?.first)
  }

  /// Decides on a candidate.
  func decide(
    _ candidate: Int, _ decision: String, reason: String? = nil, expected: String = ""
  ) throws -> RawHTTP.Answer {
    let finding = try #require(pair(candidate)["finding"] as? String)
    let reason = reason.map { ",\"reason\":\"\($0)\"" } ?? ""
    return post(
      "api/decisions",
      "{\"candidate\":\(candidate),\"finding\":\"\(finding)\",\"decision\":\"\(decision)\",\"expected\":\"\(expected)\"\(reason)}"
    )
  }
}

extension Workbench {
  /// Six training pictures, and as test pictures JPEGs of four of them: four near-duplicates; `near.csv` lists them.
  func makeNearDataset() throws {
    for seed in 0..<6 { try write("images/\(seed).png", Picture(seed: seed).png) }
    for seed in 0..<4 { try write("images/t\(seed).jpg", Picture(seed: seed).jpeg) }
    try write(
      "near.csv",
      "path,split,label\n" + (0..<6).map { "images/\($0).png,train,a\n" }.joined()
        + (0..<4).map { "images/t\($0).jpg,test,\($0 == 0 ? "b" : "a")\n" }.joined())
  }

  /// The lines of the decisions beside the data.
  func decisions(_ name: String = ".splitseal/decisions.jsonl") throws -> [[String: Any]] {
    try text(name).split(separator: "\n").map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
  }
}
