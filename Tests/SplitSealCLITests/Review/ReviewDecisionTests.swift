import Foundation
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

  @Test func `the browser is given a file of the user's alone, and no secret as an argument`() throws {
    let script = """
      #!/bin/sh
      cp "$1" opened.html
      { echo "$@"; stat -c '%a' "$(dirname "$1")" 2>/dev/null || stat -f '%Lp' "$(dirname "$1")"; } > opened.tmp
      mv opened.tmp opened.txt

      """
    for name in ["xdg-open", "open"] {
      try bench.write("bin/\(name)", script)
      #expect(try bench.shell("chmod +x bin/\(name)").status == 0)
    }
    let review = try RunningReview(
      bench, shell: "PATH=\"$PWD/bin:$PATH\" exec \"$SPLITSEAL\" review near.csv --open --quiet")
    while try !bench.names().contains("opened.txt"), review.program.isRunning { Thread.sleep(forTimeInterval: 0.02) }
    let words = try bench.text("opened.txt").split(whereSeparator: \.isWhitespace).map(String.init)
    try #require(words.count == 2)
    #expect(!words[0].contains(review.token))
    #expect(words[1] == "700")
    #expect(try bench.text("opened.html").contains("url=http://\(review.host)/?token=\(review.token)\""))
    review.program.interrupt()
    #expect(review.program.waitForStatus() == 0)
    #expect(!FileManager.default.fileExists(atPath: words[0]))
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

  @Test func `Ctrl-C ends it at once, cleanly, and says what was decided`() throws {
    let review = try RunningReview(bench)
    try review.open()
    _ = try review.decide(0, "same")
    _ = try review.decide(1, "unsure")
    review.program.interrupt()
    #expect(review.program.waitForStatus() == 0)
    #expect(review.program.standardError == "")
    let last = review.program.standardOutput.split(separator: "\n").last
    #expect(last?.hasPrefix("Decided now: 2 (1 same, 0 different, 1 unsure), saved in ") == true)
  }

  @Test func `pictures of equal bytes need no eyes, and without candidates nothing is served`() throws {
    try bench.makeLeakingDataset()
    let outcome = try bench.run("review", "leak.csv", "--no-open", "--min-score", "0.9")
    #expect(outcome.status == 0)
    #expect(
      outcome.output == """
        No pair of images of two splits scores 0.90 or more and is not equal: nothing to look at.
        1 of equal files or pixels needs no eyes

        """)
  }

  @Test func `a changed file is not shown`() throws {
    let review = try RunningReview(bench)
    try review.open()
    let sample = try #require((review.pair(0)["evaluated"] as? [String: Any])?["sample"] as? Int)
    #expect(review.get("picture/\(sample)?side=64").status == 200)
    let path = try #require((review.pair(0)["evaluated"] as? [String: Any])?["path"] as? String)
    try bench.write(path, Picture(seed: 99).jpeg)
    #expect(review.get("picture/\(sample)?side=64").status == 404)
  }

  @Test func `the page is told where one picture lies in the other`() throws {
    let review = try RunningReview(bench)
    try review.open()
    // One is the other as JPEG: each point lies where it was, to a fiftieth of the side.
    let warp = try #require(review.get("api/warp?of=0").document["warp"] as? [Double])
    #expect(warp.count == 6)
    #expect(zip(warp, [1, 0, 0, 0, 1, 0]).allSatisfy { abs($0 - $1) < 0.02 })
    #expect(review.get("api/warp?of=4").status == 404)
    #expect(review.get("api/warp").status == 404)
  }

  @Test func `the orders are what they say`() throws {
    let review = try RunningReview(bench)
    try review.open()
    let all = [0, 1, 2, 3]
    for candidate in all { #expect(try review.decide(candidate, "unsure").status == 200) }
    let scores = try bench.decisions().map { try #require($0["score"] as? Double) }
    func isSorted(_ queue: [Int], _ inOrder: (Double, Double) -> Bool) -> Bool {
      zip(queue, queue.dropFirst()).allSatisfy { inOrder(scores[$0], scores[$1]) }
    }
    for order in ["doubtful", "score", "nearest", "random"] {
      #expect(review.queue("order=\(order)").sorted() == all)
    }
    #expect(isSorted(review.queue("order=score"), >=))
    #expect(isSorted(review.queue("order=doubtful"), <=))
    #expect(isSorted(review.queue("order=nearest")) { abs($0 - 0.5) <= abs($1 - 0.5) })
    #expect(review.queue("order=random") == review.queue("order=random"))
    #expect(review.queue("band=below") == [])
    #expect(review.queue("labels=two").count == 1)
    #expect(review.queue("splits=7") == [])
    #expect(review.get("api/queue?order=price").status == 400)
  }
}
