internal import NIOHTTP1

/// A request that has arrived whole.
struct PageRequest: Sendable {
  let method: HTTPMethod
  /// The target as it was sent.
  let uri: String
  /// By names in any case; a name that was sent several times has several values.
  let headers: HTTPHeaders
  /// `nil` if it is longer than ``DecisionRequest/maximumByteCount``.
  let body: [UInt8]?
}
