import Foundation
import Testing

/// What the page of `splitseal review` shows, and how the program begins and ends.
@Suite struct ReviewPageTests {
  let bench: Workbench

  init() throws {
    bench = try Workbench()
    try bench.makeNearDataset()
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

  @Test func `Ctrl-C ends it at once, cleanly, and says what was decided`() throws {
    let review = try RunningReview(bench)
    try review.open()
    _ = try review.decide(0, "same")
    _ = try review.decide(1, "unsure")
    review.program.interrupt()
    #expect(review.program.waitForStatus() == 0)
    #expect(review.program.standardError == "")
    let last = review.program.standardOutput.split(separator: "\n").last
    #expect(last?.hasPrefix("2 decisions made (1 same, 0 different, 1 unsure), saved in ") == true)
  }

  @Test func `pictures of equal bytes need no eyes, and without candidates nothing is served`() throws {
    try bench.makeLeakingDataset()
    let outcome = try bench.run("review", "leak.csv", "--no-open", "--min-score", "0.9")
    #expect(outcome.status == 0)
    #expect(
      outcome.output == """
        Nothing to look at: apart from equal images, no pair between two splits scores 0.90 or more.
        1 more pair with equal bytes or pixels: not shown

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
