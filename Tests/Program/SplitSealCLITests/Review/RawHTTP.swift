import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Sends requests as they are written, and reads what comes back: no library stands between a test and the server.
enum RawHTTP {
  /// What a server answered.
  struct Answer {
    /// The status; 0 where nothing that can be read came back.
    let status: Int
    /// The header fields, names in lower case.
    let fields: [(name: String, value: String)]
    /// The bytes of the body.
    let body: [UInt8]

    /// The first value of a field.
    subscript(_ name: String) -> String? { fields.first { $0.name == name }?.value }

    /// The body as text.
    var text: String { String(decoding: body, as: UTF8.self) }

    /// The body as a JSON object; empty where it is none.
    var document: [String: Any] {
      (try? JSONSerialization.jsonObject(with: Data(body)) as? [String: Any]) ?? [:]
    }
  }

  /// Sends bytes to a port of 127.0.0.1 and reads to the end of the connection.
  static func send(_ text: String, port: UInt16) -> Answer {
    parse(exchange(Array(text.utf8), port: port))
  }

  /// Opens connections on which this is said and nothing more; whoever opens them closes them.
  static func openIdle(_ count: Int, port: UInt16, saying text: String = "") -> [Int32] {
    (0..<count).compactMap { _ in
      guard let socket = connected(to: port) else { return nil }
      send(Array(text.utf8), to: socket)
      return socket
    }
  }

  /// Closes what was opened.
  static func closeAll(_ sockets: [Int32]) { for socket in sockets { close(socket) } }

  private static func connected(to port: UInt16) -> Int32? {
    #if canImport(Glibc)
      let kind = Int32(SOCK_STREAM.rawValue)
    #else
      let kind = SOCK_STREAM
    #endif
    let socket = socket(AF_INET, kind, 0)
    guard socket >= 0 else { return nil }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    // A server that does not answer fails the test instead of stopping it.
    var patience = timeval(tv_sec: 60, tv_usec: 0)
    unsafe setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    let connected = unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        unsafe connect(socket, address, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard connected == 0 else {
      close(socket)
      return nil
    }
    return socket
  }

  private static func exchange(_ request: [UInt8], port: UInt16) -> [UInt8] {
    guard let socket = connected(to: port) else { return [] }
    defer { close(socket) }
    send(request, to: socket)
    var answer: [UInt8] = []
    while true {
      let part = unsafe [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, count in
        count = unsafe max(0, recv(socket, buffer.baseAddress, 65_536, 0))
      }
      guard !part.isEmpty else { return answer }
      answer += part
    }
  }

  private static func send(_ bytes: [UInt8], to socket: Int32) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let sent = unsafe rest.withUnsafeBytes { bytes in
        #if canImport(Darwin)
          unsafe Darwin.send(socket, bytes.baseAddress, bytes.count, 0)
        #else
          unsafe Glibc.send(socket, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
        #endif
      }
      guard sent > 0 else { return }
      rest = rest.dropFirst(sent)
    }
  }

  private static func parse(_ bytes: [UInt8]) -> Answer {
    guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return Answer(status: 0, fields: [], body: []) }
    let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")
    let fields = lines.dropFirst().compactMap { line -> (name: String, value: String)? in
      let parts = line.split(separator: ":", maxSplits: 1).map(String.init)
      return parts.count == 2 ? (parts[0].lowercased(), parts[1].trimmingCharacters(in: .whitespaces)) : nil
    }
    let status = lines.first?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    return Answer(status: status, fields: fields, body: Array(bytes[end.upperBound...]))
  }
}
