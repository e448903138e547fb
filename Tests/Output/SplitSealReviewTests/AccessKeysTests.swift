import Testing

@testable import SplitSealReview

/// The secrets of one run of the page.
@Suite struct AccessKeysTests {
  @Test func `secrets are long, and other ones each time`() {
    let (a, b) = (AccessKeys(), AccessKeys())
    // 256 and 128 bits, four a digit.
    #expect(a.token.wholeMatch(of: /[0-9a-f]{64}/) != nil)
    #expect(a.folder.wholeMatch(of: /[0-9a-f]{32}/) != nil)
    #expect(a.token != b.token && a.folder != b.folder && a.setCookie(port: 1) != b.setCookie(port: 1))
  }

  @Test func `the token is good for one use, whatever was tried before`() {
    let keys = AccessKeys()
    for wrong in ["", "0", String(keys.token.dropLast()), keys.token + "0", keys.token.uppercased() + " "] {
      #expect(!keys.redeem(wrong))
    }
    #expect(keys.redeem(keys.token))
    #expect(!keys.redeem(keys.token))
  }

  @Test func `the cookie counts for its port alone, among others`() throws {
    let keys = AccessKeys()
    let pair = try #require(keys.setCookie(port: 4_000).split(separator: ";").first).description
    #expect(keys.admits(cookieHeaders: [pair], port: 4_000))
    #expect(keys.admits(cookieHeaders: ["a=b; \(pair); c=d"], port: 4_000))
    #expect(keys.admits(cookieHeaders: ["splitseal-review-4000=old", pair], port: 4_000))
    #expect(!keys.admits(cookieHeaders: [pair], port: 4_001))
    #expect(!keys.admits(cookieHeaders: [], port: 4_000))
    #expect(!keys.admits(cookieHeaders: ["x" + pair, "splitseal-review-4000", "=", ""], port: 4_000))
    #expect(!AccessKeys().admits(cookieHeaders: [pair], port: 4_000))
  }
}
