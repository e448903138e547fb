import SplitSealBase
import Foundation
import Testing

/// Who may see the page of `splitseal review`, and who is refused.
@Suite struct ReviewAccessTests {
  let bench: Workbench
  let review: RunningReview

  init() throws {
    bench = try Workbench()
    try bench.makeNearDataset()
    review = try RunningReview(bench)
  }

  @Test func `the link opens the page once, and the cookie after that`() throws {
    let first = try review.open()
    #expect(first.status == 200)
    #expect(first["content-type"] == "text/html; charset=utf-8")
    let cookie = try #require(first["set-cookie"])
    #expect(cookie.hasSuffix("; HttpOnly; SameSite=Strict"))
    #expect(cookie.hasPrefix("splitseal-review-\(review.port)="))
    let second = review.request("GET /?token=\(review.token)", ["Host: \(review.host)"])
    #expect(second.status == 403)
    #expect(second.text.hasPrefix("This link has been used"))
    #expect(second["set-cookie"] == nil)
    #expect(review.get("").status == 200)
    #expect(review.get("api/session").status == 200)
  }

  @Test func `a wrong token, none, and a cookie that is not ours open nothing`() throws {
    for query in ["?token=\(String(repeating: "0", count: 64))", "?token=", "?token", "", "?token=\(review.token)0"] {
      #expect(review.request("GET /\(query)", ["Host: \(review.host)"]).status == 403)
    }
    // None of that used the token up.
    try review.open()
    let page = "/\(review.folder)/"
    for cookie in ["", "splitseal-review-\(review.port)=", "splitseal-review-1=\(review.cookie.suffix(64))"] {
      let fields = ["Host: \(review.host)"] + (cookie.isEmpty ? [] : ["Cookie: \(cookie)"])
      for path in ["", "review.js", "api/session", "api/queue", "picture/0?side=64", "nowhere"] {
        #expect(review.request("GET \(page)\(path)", fields).status == 403)
      }
    }
  }

  @Test func `another host name is refused before anything else`() throws {
    try review.open()
    let port = review.port
    for host in [
      "evil.example", "evil.example:\(port)", "127.0.0.1", "127.0.0.1:\(port == 80 ? 81 : 80)",
      "127.0.0.1.evil.example:\(port)",
      "localhost", "LOCALHOST:\(port)", "[::1]:\(port)", "0.0.0.0:\(port)",
    ] {
      let answer = review.request("GET /\(review.folder)/", ["Host: \(host)", "Cookie: \(review.cookie)"])
      #expect(answer.status == 421, "\(host)")
    }
    let two = ["Host: \(review.host)", "Host: evil.example", "Cookie: \(review.cookie)"]
    #expect([400, 421].contains(review.request("GET /\(review.folder)/", two).status))
    #expect([400, 421].contains(review.request("GET /\(review.folder)/", ["Cookie: \(review.cookie)"]).status))
    let local = ["Host: localhost:\(port)", "Cookie: \(review.cookie)"]
    #expect(review.request("GET /\(review.folder)/", local).status == 200)
  }

  @Test(arguments: ["cross-site", "same-site"]) func `what another page asks for is refused`(site: String) throws {
    try review.open()
    let fields = ["Host: \(review.host)", "Cookie: \(review.cookie)", "Sec-Fetch-Site: \(site)"]
    for path in ["", "api/queue", "picture/0?side=64"] {
      #expect(review.request("GET /\(review.folder)/\(path)", fields).status == 403)
    }
    #expect(review.post("api/undo", "{}", replacing: ["Sec-Fetch-Site": site]).status == 403)
  }

  @Test func `a decision needs our origin and a JSON body of bounded size`() throws {
    try review.open()
    let finding = try #require(review.pair(0)["finding"] as? String)
    let body = "{\"candidate\":0,\"finding\":\"\(finding)\",\"decision\":\"same\",\"expected\":\"\"}"
    for origin in [
      "http://evil.example", "null", "http://127.0.0.1", "https://\(review.host)", "http://localhost:\(review.port)",
    ] {
      #expect(review.post("api/decisions", body, replacing: ["Origin": origin]).status == 403, "\(origin)")
    }
    #expect(review.post("api/decisions", body, replacing: ["Origin": ""]).status == 403)
    for type in ["text/plain", "application/x-www-form-urlencoded", "application/jsonp", ""] {
      #expect(review.post("api/decisions", body, replacing: ["Content-Type": type]).status == 415)
    }
    #expect(review.post("api/decisions", String(repeating: " ", count: 20_000) + body).status == 413)
    #expect(try bench.text(".splitseal/decisions.jsonl") == "")
    #expect(review.post("api/decisions", body).status == 200)
    #expect(try bench.decisions().count == 1)
  }

  @Test func `every answer forbids what the page does not need`() throws {
    try review.open()
    let answers = [
      review.get(""), review.get("review.js"), review.get("api/session"), review.get("nowhere"),
      review.request("GET /", ["Host: \(review.host)"]), review.request("GET /", ["Host: evil.example"]),
    ]
    for answer in answers {
      let policy = try #require(answer["content-security-policy"])
      #expect(policy.hasPrefix("default-src 'none'; "))
      #expect(!policy.contains("unsafe") && !policy.contains("*") && !policy.contains("http"))
      #expect(policy.contains("frame-ancestors 'none'"))
      #expect(answer["x-content-type-options"] == "nosniff")
      #expect(answer["referrer-policy"] == "no-referrer")
      #expect(answer["cache-control"] == "no-store")
      #expect(answer["x-frame-options"] == "DENY")
      #expect(!answer.fields.contains { $0.name.hasPrefix("access-control-") })
      #expect(answer["server"] == nil)
    }
    // No script and no style stands in the page itself.
    let page = review.get("").text
    #expect(page.contains("<script type=\"module\" src=\"/\(review.folder)/review.js\"></script>"))
    #expect(page.matches(of: /<script/).count == 1)
    #expect(!page.contains("<style") && !page.contains(" style=") && page.firstMatch(of: /\ on[a-z]+=/) == nil)
  }

  @Test func `no path leads to a file, and every address has one method`() throws {
    try review.open()
    for path in [
      "../near.csv", "..%2fnear.csv", "picture/../../near.csv", "picture/%2e%2e", "/etc/passwd", "review.html",
      "Review.js",
      "picture/", "picture/-1?side=64", "picture/0x1?side=64", "picture/99999?side=64", "picture/5?side=64",
      "picture/0", "picture/0?side=15", "picture/0?side=5000", "picture/0?side=9999999999999999999", "api", "api/",
    ] {
      let answer = review.get(path)
      #expect(answer.status == 404, "\(path)")
      #expect(!answer.text.contains("train"))
    }
    let absolute = review.request(
      "GET http://\(review.host)/\(review.folder)/near.csv", ["Host: \(review.host)", "Cookie: \(review.cookie)"])
    #expect([403, 404].contains(absolute.status))
    let picture = review.get("picture/0?side=64")
    #expect(picture.status == 200)
    #expect(picture["content-type"] == "image/jpeg")
    #expect(Array(picture.body.prefix(3)) == [0xFF, 0xD8, 0xFF])
    for (path, allowed) in [("", "GET"), ("api/session", "GET"), ("picture/0?side=64", "GET")] {
      let answer = review.post(path, "{}")
      #expect(answer.status == 405)
      #expect(answer["allow"] == allowed)
    }
    #expect(review.get("api/decisions").status == 405)
    #expect(review.get("api/decisions")["allow"] == "POST")
    for method in ["DELETE", "PUT", "OPTIONS", "TRACE", "HEAD"] {
      let fields = ["Host: \(review.host)", "Cookie: \(review.cookie)"]
      #expect(review.request("\(method) /\(review.folder)/api/decisions", fields).status == 405)
    }
  }

  /// The first ones fit beside the browser; of the others each has to end before the page is served.
  @Test(
    .timeLimit(.minutes(1)),
    arguments: [
      (64, ""), (300, ""), (300, "GET / HTTP/1.1\r\nHost: "),
      (300, "POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\n{"),
    ])
  func `connections that say nothing do not keep the page from being served`(count: Int, text: String) throws {
    let idle = RawHTTP.openIdle(count, port: review.port, saying: text)
    defer { RawHTTP.closeAll(idle) }
    #expect(idle.count == count)
    #expect(try review.open().status == 200)
  }

  @Test(.timeLimit(.minutes(1))) func `more connections than files may be open do not end the review`() throws {
    let command = "exec \"$SPLITSEAL\" review --no-open near.csv --decisions other.jsonl"
    let few = try RunningReview(bench, shell: "ulimit -n 64 && \(command)")
    let idle = RawHTTP.openIdle(100, port: few.port)
    defer { RawHTTP.closeAll(idle) }
    #expect(idle.count == 100)
    #expect(try few.open().status == 200)
  }

  @Test func `too much of a header is refused`() throws {
    try review.open()
    let (page, usual) = ("GET /\(review.folder)/", ["Host: \(review.host)", "Cookie: \(review.cookie)"])
    func header(_ count: Int) -> String { "X-Long: " + String(repeating: "x", count: count) }
    let tooMuch = [
      [header(40_000)], [header(9_000)], [header(6_000), header(6_000), header(6_000)],
      (0..<62).map { "X-\($0): x" },
    ]
    for fields in tooMuch {
      let answer = review.request(page, usual + fields)
      #expect(answer.status == 431)
      #expect(answer["content-security-policy"] != nil)
    }
    #expect(review.request("GET /" + String(repeating: "x", count: 9_000), usual).status == 431)
    #expect(review.request(page, usual + [header(7_000), header(7_000)]).status == 200)
    #expect(review.request(page, usual + (0..<61).map { "X-\($0): x" }).status == 200)
  }

  @Test func `too long a body is refused in chunks as well`() throws {
    try review.open()
    let body = (0..<5).map { _ in "1000\r\n" + String(repeating: " ", count: 4096) + "\r\n" }.joined() + "0\r\n\r\n"
    let chunked = ["Content-Length": "", "Host": "\(review.host)\r\nTransfer-Encoding: chunked"]
    #expect(review.post("api/undo", body, replacing: chunked).status == 413)
    #expect(review.post("api/undo", "2\r\n{}\r\n0\r\n\r\n", replacing: chunked).status == 409)
  }

  @Test func `what is not HTTP is refused, and ends the connection`() {
    for text in [
      "\u{16}\u{3}\u{1}\u{2}\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: \(review.host)\r\nno colon\r\n\r\n",
      "POST / HTTP/1.1\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
      "POST / HTTP/1.1\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}",
    ] {
      let answer = RawHTTP.send(text, port: review.port)
      #expect(answer.status == 400, "\(text)")
      #expect(answer["connection"] == "close")
      #expect(answer["content-security-policy"] != nil)
    }
  }

  @Test func `requests that are sent at once are answered in their order, up to the one that ends the connection`() {
    func request(_ method: String, _ fields: String) -> String {
      "\(method) /nowhere HTTP/1.1\r\nHost: \(review.host)\r\n\(fields)\r\n"
    }
    func statuses(_ requests: [String]) -> [Int] {
      let answer = RawHTTP.send(requests.joined(), port: review.port)
      return [answer.status] + answer.text.matches(of: /HTTP\/1\.1 ([0-9]+)/).compactMap { Int($0.1) }
    }
    let close = request("GET", "Connection: close\r\n")
    #expect(statuses(["GET / HTTP/1.1\r\n\r\n", request("GET", ""), close]) == [421, 403, 403])
    // Without a length nothing would tell where an answer with a body ends and the next begins.
    #expect(statuses([request("HEAD", ""), close]) == [403, 403])
    #expect(RawHTTP.send(request("HEAD", "Connection: close\r\n"), port: review.port).body == [])
    #expect(statuses([close, request("GET", "")]) == [403])
    #expect(statuses([request("GET", "Connection: Upgrade\r\nUpgrade: h2c\r\n"), request("GET", "")]) == [403])
    #expect(statuses(["GET /nowhere HTTP/1.0\r\nHost: \(review.host)\r\n\r\n", close]) == [403])
  }
}
