internal import Crypto

/// A file that is part of the program, and what a page's policy calls it by.
struct HTMLAsset: Sendable {
  let bytes: [UInt8]

  /// The style of the report.
  static let style = HTMLAsset(bytes: PackageResources.report_css)
  /// What adds filters and keys to the report; nothing in it is needed to read.
  static let script = HTMLAsset(bytes: PackageResources.report_js)

  /// Allows exactly these bytes.
  ///
  /// - Source: Content Security Policy Level 3, section 2.3.1 (hash-source).
  var policySource: HTMLText { "'sha256-\(base64: Array(SHA256.hash(data: bytes)))'" }
}
