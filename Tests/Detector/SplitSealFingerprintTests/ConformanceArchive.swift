import SplitSealTestSupport
import Testing

extension ConformanceArchive {
  /// The reference's hash of one image.
  struct Row: Sendable, CustomTestStringConvertible {
    let file: String
    let storedWidth: Int
    let storedHeight: Int
    let hash: String
    let quality: Int

    var testDescription: String { file }
  }

  /// What the reference says of every image; empty without the archive.
  static let rows: [Row] = {
    guard let bytes = try? file("expected.csv") else { return [] }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").dropFirst().compactMap { line in
      let cells = line.split(separator: ",").map(String.init)
      guard cells.count == 6, let width = Int(cells[2]), let height = Int(cells[3]), let quality = Int(cells[5]) else {
        return nil
      }
      return Row(file: cells[0], storedWidth: width, storedHeight: height, hash: cells[4], quality: quality)
    }
  }()
}
