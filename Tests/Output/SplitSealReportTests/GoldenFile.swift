import Foundation
import Testing

/// A report as it was checked by eye, beside the tests.
///
/// `SPLITSEAL_WRITE_GOLDEN=1 swift test --filter GoldenReportTests` writes the files anew; read what changed before it is
/// committed.
struct GoldenFile {
  let name: String

  /// The kept text.
  func text() throws -> String {
    let folder = try #require(Bundle.module.resourceURL).appending(path: "Golden")
    return String(decoding: try Data(contentsOf: folder.appending(path: name)), as: UTF8.self)
  }

  /// Records an issue with the lines that differ, or writes the file when that is asked for.
  func check(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    if ProcessInfo.processInfo.environment["SPLITSEAL_WRITE_GOLDEN"] == "1" {
      let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden")
      try Data(text.utf8).write(to: folder.appending(path: name))
      Issue.record("\(name) was written anew, not compared", sourceLocation: sourceLocation)
      return
    }
    let difference = lineDifference(from: try self.text(), to: text)
    if !difference.isEmpty {
      Issue.record("\(name) differs:\n\(difference.joined(separator: "\n"))", sourceLocation: sourceLocation)
    }
  }
}

/// The lines that only one of two texts has, by line number: `-3: kept` and `+3: new`; empty for equal bytes.
///
/// Compares bytes: strings that are canonically equivalent are not the same report.
func lineDifference(from old: String, to new: String) -> [String] {
  let lines = [old, new].map { $0.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init) }
  return lines[1].difference(from: lines[0]).sorted { offset($0) < offset($1) }.map { change in
    switch change {
    case .remove(let offset, let line, _): "-\(offset + 1): \(String(decoding: line, as: UTF8.self).debugDescription)"
    case .insert(let offset, let line, _): "+\(offset + 1): \(String(decoding: line, as: UTF8.self).debugDescription)"
    }
  }
}

private func offset(_ change: CollectionDifference<[UInt8]>.Change) -> Int {
  switch change {
  case .remove(let offset, _, _), .insert(let offset, _, _): offset
  }
}
