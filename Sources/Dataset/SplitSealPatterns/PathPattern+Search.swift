extension PathPattern {
  /// Ways through a pattern that are open at one place of a path, the preferred first.
  struct Threads {
    /// How many there are.
    var count = 0
    /// Where in the program each is.
    var instructions: [Int32] = []
    /// What each has noted: as many as the program has slots, -1 where nothing was.
    var slots: [Int32] = []
  }

  /// Working memory of searches, kept between them so that a path costs no allocation.
  package struct Scratch {
    /// The path.
    private(set) var bytes: [UInt8] = []
    /// Instructions looked at since the scratch was made.
    private(set) var stepCount = 0

    private var current = Threads()
    private var next = Threads()
    /// The round in which an instruction was last reached.
    private var reached: [Int] = []
    private var round = 0
    /// What the thread at hand has noted.
    private var noted: [Int32] = []
    /// What the best match noted.
    private var found: [Int32] = []
    /// What is left to follow: an instruction, or a slot (0 or more) to set back.
    ///
    /// As large as the program: within a round each instruction adds one entry at most.
    private var open: [(instruction: Int32, slot: Int32, place: Int32)] = []

    /// Makes working memory for any pattern.
    package init() {}

    /// Where a group matched, in bytes, 0 being the whole match; `nil` where it took no part.
    func range(ofGroup group: Int) -> Range<Int>? {
      let (start, end) = (found[2 * group], found[2 * group + 1])
      return start >= 0 && end >= start ? Int(start)..<Int(end) : nil
    }

    /// Looks for the leftmost match.
    mutating func search(for program: borrowing Program, in path: String) -> Bool {
      bytes.removeAll(keepingCapacity: true)
      bytes.append(contentsOf: path.utf8)
      prepare(program)
      var isFound = false
      var at = 0
      next.count = 0
      while true {
        // What is in `next` is open here; the match that begins here comes last.
        let mayBegin = !isFound && (at == 0 || !program.isAnchored)
        if next.count == 0 {
          guard mayBegin, let start = nextBeginning(of: program, from: at) else { return isFound }
          at = start
          round += 1
        }
        if mayBegin, canBegin(program, at: at) {
          for slot in noted.indices { noted[slot] = -1 }
          follow(0, program, at: at)
        }
        swap(&current, &next)
        next.count = 0
        round += 1
        let (scalar, width) = scalar(at: at)
        for thread in 0..<current.count {
          let index = Int(current.instructions[thread])
          let instruction = program.instructions[index]
          stepCount += 1
          if instruction.operation == .match {
            // Those behind it are worse.
            isFound = true
            note(from: thread, program)
            swap(&noted, &found)
            break
          }
          if width > 0, program.takes(instruction, scalar) {
            note(from: thread, program)
            follow(index + 1, program, at: at + width)
          }
        }
        guard width > 0 else { return isFound }
        at += width
      }
    }

    private mutating func prepare(_ program: borrowing Program) {
      let (size, slotCount) = (program.instructions.count, program.slotCount)
      if reached.count < size {
        reached += Array(repeating: 0, count: size - reached.count)
        open = Array(repeating: (0, -1, 0), count: size)
      }
      if current.instructions.count < size || current.slots.count < size * slotCount {
        current.instructions = Array(repeating: 0, count: size)
        current.slots = Array(repeating: 0, count: size * slotCount)
        (next.instructions, next.slots) = (current.instructions, current.slots)
      }
      if noted.count != slotCount {
        noted = Array(repeating: -1, count: slotCount)
        found = noted
      }
    }

    private mutating func note(from thread: Int, _ program: borrowing Program) {
      let first = thread * program.slotCount
      for slot in 0..<program.slotCount { noted[slot] = current.slots[first + slot] }
    }

    /// The next place where a match can begin: the end of the path too where nothing is needed for a match.
    private func nextBeginning(of program: borrowing Program, from start: Int) -> Int? {
      guard let canBegin = program.canBegin, !program.isAnchored else { return start }
      let prefix = program.prefix
      var at = start
      while at < bytes.count {
        if canBegin[Int(bytes[at])] {
          var length = 0
          while length < prefix.count, at + length < bytes.count, bytes[at + length] == prefix[length] { length += 1 }
          if length == prefix.count { return at }
        }
        at += 1
      }
      return nil
    }

    @inline(__always)
    private func canBegin(_ program: borrowing Program, at place: Int) -> Bool {
      guard let canBegin = program.canBegin else { return true }
      return place < bytes.count && canBegin[Int(bytes[place])]
    }

    /// Follows a thread to the instructions that take a scalar, the preferred way first.
    ///
    /// An instruction that was reached at this place already was reached in a better way.
    private mutating func follow(_ start: Int, _ program: borrowing Program, at place: Int) {
      var index = start
      var openCount = 0
      while true {
        while reached[index] != round {
          reached[index] = round
          stepCount += 1
          let instruction = program.instructions[index]
          switch instruction.operation {
          case .jump: index = Int(instruction.first)
          case .split:
            open[openCount] = (Int32(instruction.second), -1, 0)
            openCount += 1
            index = Int(instruction.first)
          case .save:
            let slot = Int(instruction.first)
            open[openCount] = (0, Int32(slot), noted[slot])
            openCount += 1
            noted[slot] = Int32(place)
            index += 1
          case .start where place == 0, .end where place == bytes.count: index += 1
          case .wordBoundary where isWord(place - 1) != isWord(place): index += 1
          case .start, .end, .wordBoundary: break
          case .scalar, .set, .any, .match:
            let first = next.count * noted.count
            next.instructions[next.count] = Int32(index)
            for slot in noted.indices { next.slots[first + slot] = noted[slot] }
            next.count += 1
          }
        }
        while openCount > 0, open[openCount - 1].slot >= 0 {
          openCount -= 1
          noted[Int(open[openCount].slot)] = open[openCount].place
        }
        guard openCount > 0 else { return }
        openCount -= 1
        index = Int(open[openCount].instruction)
      }
    }

    private func isWord(_ place: Int) -> Bool {
      guard place >= 0, place < bytes.count else { return false }
      switch bytes[place] {
      case 0x30...0x39, 0x41...0x5A, 0x5F, 0x61...0x7A: return true
      default: return false
      }
    }

    /// The scalar at a place and its bytes, which are valid as a string's are; 0 bytes at the end.
    @inline(__always)
    private func scalar(at place: Int) -> (scalar: UInt32, width: Int) {
      guard place < bytes.count else { return (0, 0) }
      let lead = UInt32(bytes[place])
      guard lead >= 0x80 else { return (lead, 1) }
      let width = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
      var scalar = lead & (width == 2 ? 0x1F : width == 3 ? 0x0F : 0x07)
      for offset in 1..<width { scalar = scalar << 6 | UInt32(bytes[place + offset] & 0x3F) }
      return (scalar, width)
    }
  }
}

extension PathPattern {
  /// What the first group that takes part matches.
  ///
  /// - Returns: `nil` when the pattern does not match, or when that is nothing.
  package func firstGroup(in text: String, scratch: inout Scratch) -> String? {
    guard scratch.search(for: program, in: text) else { return nil }
    for group in 1...program.groupCount {
      guard let range = scratch.range(ofGroup: group) else { continue }
      return range.isEmpty ? nil : String(decoding: scratch.bytes[range], as: UTF8.self)
    }
    return nil
  }
}
