import Testing

@testable import SplitSealBase

@Suite struct TimeTextTests {
  // From `date -u -d @N +%FT%TZ`.
  @Test(arguments: [
    (0, "1970-01-01T00:00:00Z"), (951_782_399, "2000-02-28T23:59:59Z"), (951_782_400, "2000-02-29T00:00:00Z"),
    (1_709_164_800, "2024-02-29T00:00:00Z"), (1_795_420_800, "2026-11-23T08:00:00Z"),
    (4_107_542_399, "2100-02-28T23:59:59Z"), (4_107_542_400, "2100-03-01T00:00:00Z"),
    (253_402_300_799, "9999-12-31T23:59:59Z"),
  ])
  func `seconds become the calendar's date`(seconds: Int, text: String) {
    #expect(TimeText.text(unixSeconds: seconds) == text)
    #expect(TimeText.isValid(text))
  }

  @Test(arguments: ["", "2026-11-23", "2026-11-23T08:00:00+00:00", "2026-11-23t08:00:00Z", "2026-11-23T08:00:00.5Z"])
  func `other ways to write a time are refused`(text: String) {
    #expect(!TimeText.isValid(text))
  }

  @Test(arguments: [
    ("2026-02-28T23:59:59Z", true), ("2026-02-29T00:00:00Z", false), ("2024-02-29T00:00:00Z", true),
    ("2026-01-01T24:00:00Z", false), ("2026-01-01T00:60:00Z", false), ("2026-01-01T00:00:60Z", false),
  ]) func `a time has to be one of some day`(text: String, isTime: Bool) { #expect(TimeText.isTime(text) == isTime) }
}
