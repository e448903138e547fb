internal import SplitSealBase

/// One way in which samples belong together: by subject, by patient, by video, by scene.
///
/// Held as a column, 4 bytes a sample.
public struct Grouping: Hashable, Sendable {
  /// What tells the group: the name of a column, or a pattern over paths.
  public let name: String
  /// The distinct groups, sorted by UTF-8 bytes.
  public let groups: [String]
  /// For each sample its index in ``groups``, or `absent`.
  private let indices: [UInt32]

  private static let absent: UInt32 = .max

  /// Makes a grouping.
  ///
  /// - Parameters:
  ///   - name: What tells the group.
  ///   - groups: The group of each sample; `nil` or an empty text where it has none.
  public init(name: String, of groups: [String?]) {
    var builder = GroupingBuilder(name: name)
    for group in groups { builder.append(group.map { Array($0.utf8)[...] }) }
    self = builder.grouping()
  }

  init(name: String, groups: [String], indices: [UInt32]) {
    self.name = name
    self.groups = groups
    self.indices = indices
  }

  /// The group of a sample as an index into ``groups``; `nil` when it has none.
  public func group(of sample: Int) -> Int? { indices[sample] == Self.absent ? nil : Int(indices[sample]) }

  /// The same for some of the samples, in another order.
  func picking(_ samples: [Int]) -> Grouping {
    Grouping(name: name, groups: groups, indices: samples.map { indices[$0] })
  }

  /// Samples that have a group.
  public var groupedCount: Int { indices.count { $0 != Self.absent } }
}

/// Collects the groups of samples, one sample after the other.
package struct GroupingBuilder {
  /// What tells the group.
  package let name: String
  private var names = NameTable()
  private var indices: [UInt32] = []

  /// Begins a column of which `absentCount` samples are known to have no group.
  package init(name: String, absentCount: Int = 0) {
    self.name = name
    indices = Array(repeating: .max, count: absentCount)
  }

  /// Samples so far.
  package var count: Int { indices.count }

  /// Adds the group of the next sample; an empty name is none.
  package mutating func append(_ group: ArraySlice<UInt8>?) {
    guard let group, !group.isEmpty else { return indices.append(.max) }
    indices.append(UInt32(names.insert(group).index))
  }

  /// The grouping of the samples in a given order, of ranges that cover each sample once.
  package func grouping(inOrder order: [Range<Int>]? = nil) -> Grouping {
    let (groups, ranks) = names.sorted()
    let ordered = order.map { Array($0.map { indices[$0] }.joined()) } ?? indices
    return Grouping(
      name: name, groups: groups, indices: ordered.map { $0 == .max ? $0 : UInt32(ranks[Int($0)]) })
  }
}
