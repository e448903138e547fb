extension Projection {
  /// The table as C.
  ///
  /// - Parameter origin: What it was learned from, and how: comment lines.
  /// - Returns: A source file; every number has the fewest digits that read back as the same number.
  func source(origin: [String]) -> String {
    let parts = [
      #"#include "CVision.h""#,
      origin.map { "// \($0)" }.joined(separator: "\n"),
      "const float ss_vision_projection_mean[SS_VISION_GRADIENT_COUNT] = \(Self.list(mean.map { "\($0)f" }, indent: 2));",
      Self.table("const float ss_vision_projection_rows[SS_VISION_GRADIENT_COUNT][SS_VISION_DESCRIPTOR_COUNT]", rows) {
        "\($0)f"
      },
      Self.table("const uint8_t ss_vision_orientation_source[8][SS_VISION_DESCRIPTOR_COUNT]", sources) { "\($0)" },
      Self.table("const int8_t ss_vision_orientation_sign[8][SS_VISION_DESCRIPTOR_COUNT]", signs) { "\($0)" },
    ]
    return parts.joined(separator: "\n\n") + "\n"
  }

  private static func table<Number>(
    _ declaration: String, _ rows: [[Number]], _ text: (Number) -> String
  ) -> String {
    let lists = rows.map { "  " + list($0.map(text), indent: 4) }
    return "\(declaration) = {\n\(lists.joined(separator: ",\n"))};"
  }

  /// Numbers in braces, on indented lines of at most 120 columns.
  private static func list(_ numbers: [String], indent: Int) -> String {
    let margin = String(repeating: " ", count: indent)
    var lines: [String] = []
    var line = margin
    for (index, number) in numbers.enumerated() {
      let word = index < numbers.count - 1 ? "\(number)," : "\(number)}"
      // Room for the punctuation behind the brace.
      if line.count + word.count + 1 > 118 {
        lines.append(line)
        line = margin
      }
      line += line.count == indent ? word : " \(word)"
    }
    return "{\n" + (lines + [line]).joined(separator: "\n")
  }
}
