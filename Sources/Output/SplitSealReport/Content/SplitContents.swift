internal import SplitSealAudit
internal import SplitSealFingerprint
internal import SplitSealManifest

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// What a split holds, so short that a report of a million images has room for it: the first eight bytes of the SHA-256 of
/// each file, ascending, each once.
struct SplitContents {
  /// The prefixes, big-endian.
  let prefixes: [UInt64]

  /// What every split holds, in the order of the manifest's splits.
  ///
  /// - Complexity: O(*n* log *n*) for *n* samples.
  static func all(of input: AuditInput) -> [SplitContents] {
    var prefixes = input.manifest.splits.map { _ in [UInt64]() }
    for (sample, outcome) in zip(input.manifest.samples, input.outcomes) {
      if let content = outcome.content { prefixes[sample.split].append(content.prefix) }
    }
    return prefixes.map { SplitContents($0) }
  }

  private init(_ unsorted: [UInt64]) {
    var distinct: [UInt64] = []
    for prefix in unsorted.sorted() where prefix != distinct.last { distinct.append(prefix) }
    prefixes = distinct
  }

  /// Reads what ``base64`` gives; `nil` for anything else.
  init?(base64: String) {
    guard let data = Data(base64Encoded: base64), data.count.isMultiple(of: 8) else { return nil }
    var prefixes: [UInt64] = []
    prefixes.reserveCapacity(data.count / 8)
    var word: UInt64 = 0
    for (index, byte) in data.enumerated() {
      word = word << 8 | UInt64(byte)
      if index % 8 == 7 {
        guard prefixes.last.map({ $0 < word }) ?? true else { return nil }
        prefixes.append(word)
        word = 0
      }
    }
    self.prefixes = prefixes
  }

  /// The prefixes one behind the other, 8 bytes each, in base64.
  ///
  /// - Source: RFC 4648, section 4.
  var base64: String {
    var data = Data(capacity: prefixes.count * 8)
    for prefix in prefixes {
      for shift in stride(from: 56, through: 0, by: -8) { data.append(UInt8(prefix >> UInt64(shift) & 0xFF)) }
    }
    return data.base64EncodedString()
  }
}
