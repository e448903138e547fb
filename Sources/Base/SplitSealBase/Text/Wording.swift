/// A count with its noun: `1 image`, `1,204 images`.
package func counted(_ count: Int, _ noun: String, _ plural: String? = nil) -> String {
  "\(grouped(count)) \(count == 1 ? noun : plural ?? noun + "s")"
}

/// An enumeration for a sentence: `a`, `a and b`, `a, b and c`, `a, b, c, d, e and 7 more`.
package func enumeration(_ items: [String], limit: Int = 5) -> String {
  var shown = Array(items.prefix(limit))
  if items.count > limit { shown.append("\(grouped(items.count - limit)) more") }
  guard let last = shown.popLast() else { return "" }
  return shown.isEmpty ? last : shown.joined(separator: ", ") + " and " + last
}

/// A choice for a sentence: `a`, `a or b`, `a, b or c`.
package func alternatives(_ items: [String]) -> String {
  guard let last = items.last, items.count > 1 else { return items.first ?? "" }
  return items.dropLast().joined(separator: ", ") + " or " + last
}

/// A part of a whole as a percentage, which does not become 0.00 % as long as there is something.
package func part(_ count: Int, of total: Int) -> String {
  let share = total == 0 ? 0 : Double(count) / Double(total)
  return count > 0 && share < 0.0001 ? "<0.01 %" : percent(share, digits: 2)
}

/// A ratio for a person: two digits after the point, or two significant ones when it is small.
package func ratioText(_ ratio: Double) -> String {
  ratio > 0 && ratio < 0.1 ? significant(ratio) : fixed(ratio, digits: 2)
}
