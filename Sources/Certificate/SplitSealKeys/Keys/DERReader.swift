package import SwiftASN1

/// Steps through the members of one ASN.1 SEQUENCE or SET.
///
/// swift-asn1 does the decoding; this only gives each step a name and one error.
package struct DERReader {
  /// What was read is not what its structure asks for.
  package struct Fault: Error {}

  private var nodes: ASN1NodeCollection.Iterator

  /// Opens a constructed value.
  ///
  /// - Throws: ``Fault`` when it is another kind of value.
  package init(_ node: ASN1Node, _ identifier: ASN1Identifier = .sequence) throws(Fault) {
    guard node.identifier == identifier, case .constructed(let nodes) = node.content else { throw Fault() }
    self.nodes = nodes.makeIterator()
  }

  /// Opens DER that holds one SEQUENCE and nothing else.
  init(der: some Collection<UInt8>) throws(Fault) { try self.init(Self.node(der)) }

  /// Parses DER that holds one value and nothing else.
  static func node(_ der: some Collection<UInt8>) throws(Fault) -> ASN1Node {
    do { return try DER.parse(Array(der)) } catch { throw Fault() }
  }

  /// The next member, which must be there.
  package mutating func next() throws(Fault) -> ASN1Node {
    guard let node = nodes.next() else { throw Fault() }
    return node
  }

  /// The next member; `nil` at the end.
  mutating func nextIfPresent() -> ASN1Node? { nodes.next() }

  /// The next member if it has the tag; nothing is taken otherwise.
  mutating func next(ifTagged identifier: ASN1Identifier) -> ASN1Node? {
    var ahead = nodes
    guard let node = ahead.next(), node.identifier == identifier else { return nil }
    nodes = ahead
    return node
  }

  /// Opens the next member, a SEQUENCE or what the tag says.
  mutating func open(_ identifier: ASN1Identifier = .sequence) throws(Fault) -> DERReader {
    try DERReader(next(), identifier)
  }

  /// The next member, an INTEGER that fits.
  mutating func integer() throws(Fault) -> Int {
    let node = try next()
    do { return try Int(derEncoded: node) } catch { throw Fault() }
  }

  /// The next member, an OBJECT IDENTIFIER.
  mutating func objectIdentifier() throws(Fault) -> ASN1ObjectIdentifier {
    let node = try next()
    do { return try ASN1ObjectIdentifier(derEncoded: node) } catch { throw Fault() }
  }

  /// The next member, an OCTET STRING.
  mutating func octets() throws(Fault) -> [UInt8] {
    let node = try next()
    do { return try Array(ASN1OctetString(derEncoded: node).bytes) } catch { throw Fault() }
  }

  /// Asks that nothing follows.
  mutating func end() throws(Fault) {
    guard nodes.next() == nil else { throw Fault() }
  }
}
