// Numbers as every text of the product writes them, whatever the locale: one sign for the point, one for thousands.

/// A whole number with a comma between thousands: `1,204`.
package func grouped(_ number: Int) -> String {
  let digits = Array(String(number.magnitude))
  var text = number < 0 ? "-" : ""
  for (index, digit) in digits.enumerated() {
    if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(",") }
    text.append(digit)
  }
  return text
}

/// A number with a fixed count of digits after the point: `fixed(2.675, digits: 2)` is `2.68`; `-` when it is not finite.
///
/// Rounds the shortest decimal form that reads back as the same number, half away from zero. So the text is what a
/// person expects who sees the number printed, and it does not depend on the machine's C library. `digits` is 0 or more.
package func fixed(_ number: Double, digits: Int) -> String {
  DecimalForm(number)?.rounded(toDigits: digits) ?? "-"
}

/// A share, 0...1, as a percentage: `percent(0.035, digits: 1)` is `3.5 %`; `-` when it is not finite.
package func percent(_ share: Double, digits: Int) -> String {
  guard var decimal = DecimalForm(share) else { return "-" }
  // Moving the point is exact; multiplying by 100 turns 0.035 into 3.5000000000000004.
  decimal.exponent += 2
  return decimal.rounded(toDigits: digits) + " %"
}

/// A probability or other number, 0 or more, to two significant digits: `0.0043`, `2.1e-8`; `<1e-300` below that.
package func significant(_ probability: Double) -> String {
  guard probability.isFinite else { return "-" }
  guard probability >= 1e-300 else { return "<1e-300" }
  guard let decimal = DecimalForm(probability) else { return "-" }
  var leading = decimal.leadingExponent
  // 0.0996 to two digits is 0.10: rounding moved the leading digit.
  let mantissa = DecimalForm(digits: decimal.digits, exponent: 1, isNegative: false)
  if mantissa.rounded(toDigits: 1) == "10.0" { leading += 1 }
  guard leading < -4 else { return decimal.rounded(toDigits: max(0, 1 - leading)) }
  var scaled = decimal
  scaled.exponent -= leading
  return scaled.rounded(toDigits: 1) + "e\(leading)"
}

/// A finite number as digits and the place of the point, which stands before the first digit when `exponent` is 0.
private struct DecimalForm {
  /// 0...9 each, without leading zeros; empty for zero.
  var digits: [Int]
  /// How many digits stand before the point; negative when zeros stand behind it.
  var exponent: Int
  var isNegative: Bool

  init(digits: [Int], exponent: Int, isNegative: Bool) {
    self.digits = digits
    self.exponent = exponent
    self.isNegative = isNegative
  }

  /// Reads the shortest decimal form that the standard library writes: `0.1`, `12.5`, `1e-05`, `1.2345e+20`.
  init?(_ number: Double) {
    guard number.isFinite else { return nil }
    digits = []
    exponent = 0
    isNegative = number < 0
    var sawPoint = false
    let parts = number.magnitude.description.split(separator: "e")
    for character in parts.first ?? "" {
      guard let digit = character.wholeNumberValue else {
        sawPoint = true
        continue
      }
      if digits.isEmpty, digit == 0 {
        if sawPoint { exponent -= 1 }
        continue
      }
      digits.append(digit)
      if !sawPoint { exponent += 1 }
    }
    if parts.count == 2 { exponent += Int(parts[1]) ?? 0 }
  }

  /// The power of ten of the first digit.
  var leadingExponent: Int { exponent - 1 }

  /// The number with that many digits after the point, half away from zero.
  func rounded(toDigits count: Int) -> String {
    // `kept` digits of the form stay; the one behind them decides.
    let kept = exponent + count
    var text = kept <= 0 ? [] : (0..<kept).map { $0 < digits.count ? digits[$0] : 0 }
    if kept >= 0, kept < digits.count, digits[kept] >= 5 {
      var index = text.count - 1
      while index >= 0, text[index] == 9 {
        text[index] = 0
        index -= 1
      }
      if index >= 0 { text[index] += 1 } else { text.insert(1, at: 0) }
    }
    let padding = max(0, count + 1 - text.count)
    text.insert(contentsOf: repeatElement(0, count: padding), at: 0)
    let isZero = text.allSatisfy { $0 == 0 }
    let whole = text.prefix(text.count - count).map(String.init).joined()
    let fraction = text.suffix(count).map(String.init).joined()
    return (isNegative && !isZero ? "-" : "") + whole + (count > 0 ? "." + fraction : "")
  }
}
