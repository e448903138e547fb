/// One `testcase` of JUnit's XML.
struct JUnitCase {
  /// What became of it.
  enum Kind {
    case passed, failure, error, skipped
  }

  let suite: String
  let name: String
  let kind: Kind
  /// One line; empty for none.
  var message = ""
  /// The kind of failure or error.
  var type = ""
  /// Lines about it.
  var details = ""

  /// The element, indented by four spaces, with a final newline.
  var text: String {
    let start = "    <testcase classname=\"\(xmlText(suite))\" name=\"\(xmlText(name))\""
    let attributes = "message=\"\(xmlText(message))\"" + (type.isEmpty ? "" : " type=\"\(xmlText(type))\"")
    let inside =
      switch kind {
      case .passed: details.isEmpty ? "" : "<system-out>\(content)</system-out>"
      case .skipped: "<skipped message=\"\(xmlText(message))\"/>"
      case .failure: "<failure \(attributes)>\(content)</failure>"
      case .error: "<error \(attributes)/>"
      }
    return inside.isEmpty ? "\(start)/>\n" : "\(start)>\n      \(inside)\n    </testcase>\n"
  }

  /// The lines about it; between tags line breaks may stand as they are.
  private var content: String {
    details.split(separator: "\n", omittingEmptySubsequences: false).map { xmlText(String($0)) }.joined(separator: "\n")
  }
}

/// One `testsuite` of JUnit's XML.
struct JUnitSuite {
  let name: String
  let cases: [JUnitCase]

  /// The attributes that count.
  var counts: String {
    func count(_ kind: JUnitCase.Kind) -> Int { cases.count { $0.kind == kind } }
    return "tests=\"\(cases.count)\" failures=\"\(count(.failure))\" errors=\"\(count(.error))\" "
      + "skipped=\"\(count(.skipped))\""
  }
}
