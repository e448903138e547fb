extension PathPattern {
  /// One step of the machine that follows a pattern through a path.
  struct Instruction: Sendable {
    enum Operation: UInt8 {
      /// Takes the scalar `first`.
      case scalar
      /// Takes a scalar of set number `first`.
      case set
      /// Takes any scalar.
      case any
      /// Goes on at `first`.
      case jump
      /// Goes on at `first`, and where that fails at `second`.
      case split
      /// Notes the place in slot `first`.
      case save
      /// Goes on where the path starts.
      case start
      /// Goes on where the path ends.
      case end
      /// Goes on between a word and what is no word.
      case wordBoundary
      /// Done.
      case match
    }

    var operation: Operation
    var first: UInt32 = 0
    var second: UInt32 = 0
  }

  /// A pattern as instructions, and what a search knows of it beforehand.
  struct Program: Sendable {
    private(set) var instructions: [Instruction] = []
    /// The ASCII members of each set: two words a set.
    private(set) var asciiMembers: [UInt64] = []
    /// The other members of each set, as ranges.
    private(set) var otherMembers: [[ClosedRange<UInt32>]] = []
    /// Groups that name something.
    let groupCount: Int
    /// Bytes that every match begins with.
    private(set) var prefix: [UInt8] = []
    /// Whether a match can begin with a byte; `nil` where one can begin anywhere.
    private(set) var canBegin: [Bool]?
    /// Whether a match begins where the path does.
    private(set) var isAnchored = false

    /// Compiles a pattern.
    init(_ pattern: Syntax) {
      groupCount = pattern.groupCount
      instructions.reserveCapacity(pattern.root.size + 3)
      instructions.append(Instruction(operation: .save, first: 0))
      emit(pattern.root)
      instructions.append(Instruction(operation: .save, first: 1))
      instructions.append(Instruction(operation: .match))
      findPrefix()
      findBeginnings()
    }

    /// Places that a thread carries: start and end of the match and of each group.
    var slotCount: Int { 2 * (groupCount + 1) }

    private mutating func emit(_ node: Node) {
      switch node.kind {
      case .empty: break
      case .scalars(let set): emit(set)
      case .start: instructions.append(Instruction(operation: .start))
      case .end: instructions.append(Instruction(operation: .end))
      case .wordBoundary: instructions.append(Instruction(operation: .wordBoundary))
      case .group(let index, let content):
        instructions.append(Instruction(operation: .save, first: UInt32(2 * index)))
        emit(content)
        instructions.append(Instruction(operation: .save, first: UInt32(2 * index + 1)))
      case .sequence(let parts): for part in parts { emit(part) }
      case .choice(let parts): emit(choice: parts)
      case .loop(let content, let minimum, let maximum, let isGreedy):
        if let maximum {
          for _ in 0..<minimum { emit(content) }
          emit(content, atMost: maximum - minimum, isGreedy)
        } else {
          emit(content, atLeast: minimum, isGreedy)
        }
      }
    }

    private mutating func emit(_ set: ScalarSet) {
      if let scalar = set.single {
        instructions.append(Instruction(operation: .scalar, first: scalar))
      } else if set.ranges == ScalarSet.all.ranges {
        instructions.append(Instruction(operation: .any))
      } else {
        var ascii: (UInt64, UInt64) = (0, 0)
        for value in UInt32(0)..<64 where set.contains(value) { ascii.0 |= 1 << UInt64(value) }
        for value in UInt32(64)..<128 where set.contains(value) { ascii.1 |= 1 << UInt64(value - 64) }
        instructions.append(Instruction(operation: .set, first: UInt32(otherMembers.count)))
        asciiMembers += [ascii.0, ascii.1]
        otherMembers.append(
          set.ranges.filter { $0.upperBound >= 0x80 }.map { max($0.lowerBound, 0x80)...$0.upperBound })
      }
    }

    private mutating func emit(choice parts: [Node]) {
      var jumps: [Int] = []
      for (index, part) in parts.enumerated() {
        guard index < parts.count - 1 else {
          emit(part)
          break
        }
        let split = reserve(.split)
        emit(part)
        jumps.append(reserve(.jump))
        aim(split, to: split + 1, else: instructions.count)
      }
      for jump in jumps { aim(jump, to: instructions.count) }
    }

    private mutating func emit(_ content: Node, atLeast minimum: Int, _ isGreedy: Bool) {
      // (x+)? and not x* where x can match nothing: the first pass is then made, and no empty one after it.
      let entry = minimum == 0 ? reserve(.split) : nil
      for _ in 1..<max(1, minimum) { emit(content) }
      let body = instructions.count
      emit(content)
      if let entry, !content.isNullable {
        let back = reserve(.jump)
        aim(back, to: entry)
      } else {
        let back = reserve(.split)
        aim(back, to: body, else: back + 1, isGreedy)
      }
      if let entry { aim(entry, to: body, else: instructions.count, isGreedy) }
    }

    private mutating func emit(_ content: Node, atMost count: Int, _ isGreedy: Bool) {
      var splits: [Int] = []
      for _ in 0..<count {
        splits.append(reserve(.split))
        emit(content)
      }
      for split in splits { aim(split, to: split + 1, else: instructions.count, isGreedy) }
    }

    private mutating func reserve(_ operation: Instruction.Operation) -> Int {
      instructions.append(Instruction(operation: operation))
      return instructions.count - 1
    }

    private mutating func aim(_ index: Int, to first: Int, else second: Int = 0, _ prefersFirst: Bool = true) {
      instructions[index].first = UInt32(prefersFirst ? first : second)
      instructions[index].second = UInt32(prefersFirst ? second : first)
    }

    /// Follows the instructions for as long as there is one way.
    private mutating func findPrefix() {
      for instruction in instructions {
        switch instruction.operation {
        case .save: continue
        case .start where prefix.isEmpty: isAnchored = true
        case .scalar:
          guard let scalar = Unicode.Scalar(instruction.first) else { return }
          prefix += Array(String(scalar).utf8)
        default: return
        }
      }
    }

    /// Follows every way to its first scalar.
    private mutating func findBeginnings() {
      var canBegin = Array(repeating: false, count: 256)
      var isSeen = Array(repeating: false, count: instructions.count)
      var open = [0]
      while let index = open.popLast() {
        guard !isSeen[index] else { continue }
        isSeen[index] = true
        let instruction = instructions[index]
        switch instruction.operation {
        case .match, .any: return
        case .jump: open.append(Int(instruction.first))
        case .split: open += [Int(instruction.first), Int(instruction.second)]
        case .save, .start, .end, .wordBoundary: open.append(index + 1)
        case .scalar, .set:
          for value in UInt32(0)..<128 where takes(instruction, value) { canBegin[Int(value)] = true }
          let isASCII =
            instruction.operation == .scalar
            ? instruction.first < 0x80 : otherMembers[Int(instruction.first)].isEmpty
          if !isASCII { for byte in 0xC2...0xF4 { canBegin[byte] = true } }
        }
      }
      self.canBegin = canBegin
    }

    /// Whether an instruction that takes a scalar takes this one.
    @inline(__always)
    func takes(_ instruction: Instruction, _ scalar: UInt32) -> Bool {
      switch instruction.operation {
      case .scalar: return instruction.first == scalar
      case .any: return true
      case .set:
        let set = Int(instruction.first)
        guard scalar >= 0x80 else {
          return asciiMembers[2 * set + Int(scalar >> 6)] >> UInt64(scalar & 63) & 1 == 1
        }
        return otherMembers[set].contains { $0.contains(scalar) }
      default: return false
      }
    }
  }
}
