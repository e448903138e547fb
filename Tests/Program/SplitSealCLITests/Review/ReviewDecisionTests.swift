import Foundation
import Synchronization
import Testing

/// What people decide on the page of `splitseal review`, and where it is kept.
@Suite struct ReviewDecisionTests {
  let bench: Workbench

  init() throws {
    bench = try Workbench()
    try bench.makeNearDataset()
  }

  @Test func `a decision is a line of the file, with who, when, why and of what`() throws {
    let review = try RunningReview(bench)
    try review.open()
    let candidate = try #require(review.queue().first)
    let pair = try review.pair(candidate)
    let answer = try review.decide(candidate, "different", reason: "two \\u00e9tudes")
    #expect(answer.status == 200)
    let line = try #require(bench.decisions().first)
    #expect(line["finding"] as? String == pair["finding"] as? String)
    #expect(line["decision"] as? String == "different")
    #expect(line["by"] as? String == "Ann")
    #expect(line["reason"] as? String == "two études")
    #expect((line["at"] as? String)?.wholeMatch(of: /20[0-9]{2}-[01][0-9]-[0-3][0-9]T[0-9:]{8}Z/) != nil)
    let (a, b) = (try #require(line["a"] as? [String: String]), try #require(line["b"] as? [String: String]))
    #expect(a["split"] == "train" && b["split"] == "test")
    #expect((pair["other"] as? [String: Any])?["path"] as? String == a["path"])
    #expect((pair["evaluated"] as? [String: Any])?["path"] as? String == b["path"])
    let digest = try bench.shell("sha256sum \(try #require(a["path"]))").output.split(separator: " ").first
    if Workbench.has("sha256sum") { #expect(a["sha256"] == digest.map(String.init)) }
    let shown = try #require((answer.document["pair"] as? [String: Any])?["decision"] as? [String: Any])
    #expect(shown["judgement"] as? String == "different")
    #expect(shown["by"] as? String == "Ann")
  }

  @Test func `what was acknowledged outlives a kill, and the next review shows it`() throws {
    let review = try RunningReview(bench)
    try review.open()
    let queue = review.queue()
    #expect(queue.count == 4)
    for (candidate, decision) in zip(queue, ["same", "different", "unsure"]) {
      #expect(try review.decide(candidate, decision).status == 200)
    }
    review.program.killAtOnce()
    _ = review.program.waitForStatus()
    #expect(try bench.decisions().map { $0["decision"] as? String } == ["same", "different", "unsure"])
    // What a write leaves that was cut off in the middle.
    try bench.write(".splitseal/decisions.jsonl", try bench.text(".splitseal/decisions.jsonl") + "{\"finding\":\"ab")
    let again = try RunningReview(bench)
    try again.open()
    #expect(again.get("api/queue").document["states"] as? String == "sdu-")
    #expect(again.queue("state=undecided") == [queue[3]])
    let decision = try #require(again.pair(queue[0])["decision"] as? [String: Any])
    #expect(decision["judgement"] as? String == "same")
    #expect(decision["by"] as? String == "Ann")
    #expect(try again.decide(queue[3], "same").status == 200)
    #expect(try bench.decisions().count == 4)
  }

  @Test func `what was decided of other bytes is asked again`() throws {
    let review = try RunningReview(bench)
    try review.open()
    for candidate in review.queue() { #expect(try review.decide(candidate, "same").status == 200) }
    review.program.interrupt()
    _ = review.program.waitForStatus()
    try bench.write("images/t1.jpg", Picture(seed: 1).blended(with: Picture(seed: 9), share: 0.04).jpeg)
    let again = try RunningReview(bench)
    try again.open()
    let open = again.queue("state=undecided")
    #expect(open.count == 1)
    let pair = try again.pair(try #require(open.first))
    #expect((pair["evaluated"] as? [String: Any])?["path"] as? String == "images/t1.jpg")
    #expect(pair["isOutdated"] as? Bool == true)
    #expect(again.queue("state=same").count == 3)
  }

  @Test func `undo steps back through the decisions of the session, as new lines`() throws {
    let review = try RunningReview(bench)
    try review.open()
    let queue = review.queue()
    #expect(review.post("api/undo", "{}").status == 409)
    _ = try review.decide(queue[0], "same")
    _ = try review.decide(queue[1], "different")
    _ = try review.decide(queue[1], "unsure", expected: "different")
    #expect(review.post("api/undo", "{}").status == 200)
    #expect(review.get("api/queue").document["states"] as? String == "sd--")
    #expect(review.post("api/undo", "{}").status == 200)
    #expect(review.get("api/queue").document["states"] as? String == "s---")
    #expect(review.post("api/undo", "{}").status == 200)
    #expect(review.post("api/undo", "{}").status == 409)
    #expect(
      try bench.decisions().map { $0["decision"] as? String } == [
        "same", "different", "unsure", "different", "undone", "undone",
      ])
  }

  /// What readers found while another window decided.
  private final class Readings: Sendable {
    private let values = Mutex((answers: 0, faults: [String](), isOver: false))

    var isOver: Bool { values.withLock(\.isOver) }
    var answers: Int { values.withLock(\.answers) }
    var faults: [String] { values.withLock(\.faults) }
    func end() { values.withLock { $0.isOver = true } }

    /// Compares the pairs of an answer with the numbers of its state.
    func take(_ answer: RawHTTP.Answer, copies: Int) {
      let (document, decided) = (answer.document, answer.text.split(separator: "\"judgement\":").count - 1)
      let state = document["state"] as? [String: Any]
      let counted = ["reported", "below"].reduce(0) { sum, band in
        let all = (state?[band] as? [String: Any])?["all"] as? [String: Any]
        return sum + ["same", "different", "unsure"].reduce(0) { $0 + (all?[$1] as? Int ?? 0) }
      }
      let fault = decided == counted * copies ? nil : "\(decided) of \(copies) times \(counted)"
      values.withLock {
        $0.answers += 1
        if let fault { $0.faults.append(fault) }
      }
    }
  }

  @Test func `an answer never joins the pairs of one moment and the state of another`() throws {
    let review = try RunningReview(bench)
    try review.open()
    let queue = review.queue()
    try #require(queue.count == 4)
    // As many pairs as one answer may hold: the more there are, the longer the answer takes.
    let copies = 16
    let list = Array(repeating: queue.map(String.init).joined(separator: ","), count: copies).joined(separator: ",")
    let lines = [
      "GET /\(review.folder)/api/pairs?of=\(list) HTTP/1.1", "Host: \(review.host)", "Cookie: \(review.cookie)",
      "Sec-Fetch-Site: same-origin", "Connection: close",
    ]
    let (request, port, readings) = (lines.joined(separator: "\r\n") + "\r\n\r\n", review.port, Readings())
    let readers = DispatchGroup()
    for _ in 0..<2 {
      DispatchQueue.global().async(group: readers) {
        while !readings.isOver { readings.take(RawHTTP.send(request, port: port), copies: copies) }
      }
    }
    for round in 0..<40 {
      let candidate = queue[round % 4]
      let (decision, expected) = round / 4 % 2 == 0 ? ("same", "") : ("undone", "same")
      #expect(try review.decide(candidate, decision, expected: expected).status == 200)
    }
    readings.end()
    readers.wait()
    #expect(readings.answers > 2)
    #expect(readings.faults == [])
  }

  @Test func `every answer says to which revision it belongs`() throws {
    let review = try RunningReview(bench)
    try review.open()
    let queue = review.queue()
    func revision(_ document: Any?) -> Int? { (document as? [String: Any])?["revision"] as? Int }
    #expect(revision(review.get("api/queue").document) == 0)
    let decided = try review.decide(queue[0], "same").document
    #expect(revision(decided["state"]) == 1)
    #expect(revision(review.get("api/queue").document) == 1)
    #expect(revision(review.get("api/pairs?of=\(queue[1])").document["state"]) == 1)
    #expect(revision(review.post("api/undo", "{}").document["state"]) == 2)
    #expect(revision(review.get("api/queue").document) == 2)
  }

  @Test func `a window that shows an older state is told, and changes nothing`() throws {
    let review = try RunningReview(bench)
    try review.open()
    let candidate = try #require(review.queue().first)
    #expect(try review.decide(candidate, "same").status == 200)
    let stale = try review.decide(candidate, "different")
    #expect(stale.status == 409)
    #expect(stale.document["error"] as? String == "this pair was decided in the meantime, in another window")
    #expect(try review.decide(candidate, "different", expected: "same").status == 200)
    #expect(try review.decide(candidate, "undone", expected: "different").status == 200)
    #expect(try bench.decisions().map { $0["decision"] as? String } == ["same", "different", "undone"])
    #expect(review.get("api/queue").document["states"] as? String == "----")
  }

  @Test(arguments: [
    "", "[]", "null", "{", "{\"candidate\":0}", "{\"candidate\":\"0\"}", "{\"candidate\":0.5}",
    "{\"candidate\":9999,\"finding\":\"FINDING\",\"decision\":\"same\",\"expected\":\"\"}",
    "{\"candidate\":-1,\"finding\":\"FINDING\",\"decision\":\"same\",\"expected\":\"\"}",
    "{\"candidate\":1,\"finding\":\"FINDING\",\"decision\":\"same\",\"expected\":\"\"}",
    "{\"candidate\":0,\"finding\":\"ab\",\"decision\":\"same\",\"expected\":\"\"}",
    "{\"candidate\":0,\"finding\":\"FINDING\",\"decision\":\"Same\",\"expected\":\"\"}",
    "{\"candidate\":0,\"finding\":\"FINDING\",\"decision\":\"same\"}",
    "{\"candidate\":0,\"finding\":\"FINDING\",\"decision\":\"same\",\"expected\":\"\",\"reason\":\"two\\nlines\"}",
    "{\"candidate\":0,\"finding\":\"FINDING\",\"decision\":\"same\",\"expected\":\"\",\"reason\":\"\"}",
    "{\"candidate\":0,\"finding\":\"FINDING\",\"decision\":\"same\",\"expected\":\"\",\"reason\":7}",
  ])
  func `what cannot be understood is refused and changes nothing`(body: String) throws {
    let review = try RunningReview(bench)
    try review.open()
    let finding = try #require(review.pair(0)["finding"] as? String)
    let answer = review.post("api/decisions", body.replacing("FINDING", with: finding))
    #expect([400, 404].contains(answer.status), "\(answer.text)")
    #expect(answer.document["error"] is String)
    #expect(try bench.text(".splitseal/decisions.jsonl") == "")
  }

  @Test func `a decision that cannot be saved is refused, and the pair stays undecided`() throws {
    // The file may grow by one block, which is 512 or 1,024 bytes: one decision fits, or two.
    let review = try RunningReview(
      bench, shell: "ulimit -f 1; trap '' XFSZ; exec \"$SPLITSEAL\" review near.csv --no-open --no-cache")
    try review.open()
    let queue = review.queue()
    var saved = 0
    while saved < queue.count {
      let answer = try review.decide(queue[saved], "same")
      guard answer.status == 200 else {
        #expect(answer.status == 500)
        #expect((answer.document["error"] as? String)?.hasPrefix("the decision was not saved: ") == true)
        break
      }
      saved += 1
    }
    #expect((1...2).contains(saved))
    let states = String(repeating: "s", count: saved) + String(repeating: "-", count: 4 - saved)
    #expect(review.get("api/queue").document["states"] as? String == states)
    #expect(try bench.decisions().count == saved)
  }

  @Test func `one review at a time writes a file`() throws {
    let review = try RunningReview(bench)
    let second = try bench.run("review", "near.csv", "--no-open")
    #expect(second.status == 2)
    #expect(second.complaints.first?.contains("another review is writing it") == true)
    _ = review
    let other = try RunningReview(bench, ["near.csv", "--decisions", "mine.jsonl"])
    try other.open()
    #expect(try other.decide(0, "same").status == 200)
    #expect(try bench.decisions("mine.jsonl").count == 1)
  }
}
