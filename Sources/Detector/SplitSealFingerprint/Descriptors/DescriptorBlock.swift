internal import Synchronization

/// Memory for the descriptors of many pictures, so that a million of them are not a million allocations.
///
/// Places are given out one after the other, from any task; what stands in a place that was given out never changes, and
/// stays as long as somebody holds the block.
@safe final class DescriptorBlock: @unchecked Sendable {
  /// Descriptors are read fastest from multiples of this.
  private static let alignment = 64

  private let capacity: Int
  private let bytes: UnsafeMutablePointer<Int8>
  private let taken = Atomic(0)

  /// Makes room for the descriptors of so many pictures.
  init(capacity: Int) {
    self.capacity = capacity
    let room = UnsafeMutableRawPointer.allocate(
      byteCount: capacity * GradientDescriptors.byteCount, alignment: Self.alignment)
    unsafe bytes = room.bindMemory(to: Int8.self, capacity: capacity * GradientDescriptors.byteCount)
  }

  deinit { unsafe UnsafeMutableRawPointer(bytes).deallocate() }

  /// Fills the next place.
  ///
  /// - Parameter fill: Writes all ``GradientDescriptors/byteCount`` numbers; they are not zeros before.
  /// - Returns: The place; `nil` when the block is full.
  func append(_ fill: (UnsafeMutablePointer<Int8>) -> Void) -> UInt32? {
    let place = taken.add(1, ordering: .relaxed).oldValue
    guard place < capacity else { return nil }
    unsafe fill(bytes + place * GradientDescriptors.byteCount)
    return UInt32(place)
  }

  /// The numbers at a place that was given out.
  @unsafe func numbers(at place: UInt32) -> UnsafePointer<Int8> {
    unsafe UnsafePointer(bytes + Int(place) * GradientDescriptors.byteCount)
  }
}

/// Takes descriptors into blocks, a new one whenever the last is full.
///
/// One for each worker.
public struct DescriptorArena {
  /// Pictures in a block: about 1 MB.
  private static let blockCapacity = 1024

  private let blockCapacity: Int
  private var block: DescriptorBlock?

  /// Makes an arena without a block.
  public init() { self.init(blockCapacity: Self.blockCapacity) }

  /// Makes an arena whose blocks have room for so many pictures.
  init(blockCapacity: Int) { self.blockCapacity = blockCapacity }

  /// Takes the descriptors of one picture in.
  ///
  /// - Parameter fill: Writes all numbers, view by view, into memory that holds anything; returns the views that show too
  ///   little, one bit each.
  /// - Returns: The descriptors, which keep their memory.
  mutating func take(_ fill: (UnsafeMutablePointer<Int8>) -> UInt16) -> GradientDescriptors {
    while true {
      let block = self.block ?? DescriptorBlock(capacity: blockCapacity)
      self.block = block
      var plainViews: UInt16 = 0
      if let place = unsafe block.append({ unsafe plainViews = fill($0) }) {
        return GradientDescriptors(block: block, place: place, plainViews: plainViews)
      }
      self.block = nil
    }
  }

  /// Takes numbers in that stand somewhere else.
  ///
  /// - Returns: The descriptors, which keep their memory.
  /// - Precondition: `values` are ``GradientDescriptors/byteCount``, each in -127...127.
  package mutating func take(_ values: some Collection<Int8>, plainViews: UInt16) -> GradientDescriptors {
    precondition(values.count == GradientDescriptors.byteCount, "one descriptor a view")
    return unsafe take { numbers in
      for (index, value) in values.enumerated() { unsafe numbers[index] = value }
      return plainViews
    }
  }
}
