/// Samples in an order: frames of a video, shots of a camera.
struct FrameSequence {
  /// What tells the order.
  enum Origin {
    /// The number in the file's name.
    case names
    /// A group that the manifest gives, and its column of times.
    case declared
    /// The capture time that EXIF gives, of one camera.
    case camera
  }

  /// A sample and where it stands.
  struct Frame {
    /// Index into the manifest's samples.
    let sample: Int
    /// Frame number, or time in milliseconds.
    let position: Int64
  }

  /// What tells the order.
  let origin: Origin
  /// What the sequence is called: `walk/frame_#.jpg`, a group, a camera.
  let name: String
  /// By position, and by sample where two have the same.
  let frames: [Frame]
  /// The median distance of neighbours in ``frames``, those of one position left out; 1 at least.
  let spacing: Int64

  /// Puts frames in order.
  init(origin: Origin, name: String, frames: [Frame]) {
    self.origin = origin
    self.name = name
    let ordered = frames.sorted { ($0.position, $0.sample) < ($1.position, $1.sample) }
    self.frames = ordered
    let gaps = zip(ordered, ordered.dropFirst()).map { $1.position - $0.position }.filter { $0 > 0 }.sorted()
    spacing = gaps.isEmpty ? 1 : gaps[(gaps.count - 1) / 2]
  }

  /// The parts of the sequence between which lies a distance of more than `gap`.
  func parted(atGapsAbove gap: Int64) -> [FrameSequence] {
    var parts: [[Frame]] = []
    for frame in frames {
      if let last = parts.last?.last, frame.position - last.position <= gap {
        parts[parts.count - 1].append(frame)
      } else {
        parts.append([frame])
      }
    }
    return parts.map { FrameSequence(origin: origin, name: name, frames: $0) }
  }

  /// For each frame of one split the distance to the nearest frame of another split, in steps of ``spacing``.
  ///
  /// - Parameters:
  ///   - evaluated: The split whose frames are looked at.
  ///   - learned: The split that they should be far from.
  ///   - split: Gives the split of a sample.
  /// - Returns: The frames of the first split in order, each with its distance, 0 or more, and the nearest sample; empty
  ///   when one of the splits has no frame.
  /// - Complexity: O(*n*) for *n* frames.
  func distances(from evaluated: Int, to learned: Int, splitOf split: (Int) -> Int) -> [Neighbour] {
    var neighbours: [Neighbour] = []
    var places: [Int] = []
    var last: Frame?
    for (place, frame) in frames.enumerated() {
      if split(frame.sample) == learned {
        last = frame
      } else if split(frame.sample) == evaluated {
        neighbours.append(Neighbour(sample: frame.sample, nearest: last, position: frame.position, spacing: spacing))
        places.append(place)
      }
    }
    guard !neighbours.isEmpty else { return [] }
    var next: Frame?
    var place = frames.count - 1
    for index in neighbours.indices.reversed() {
      while place > places[index] {
        if split(frames[place].sample) == learned { next = frames[place] }
        place -= 1
      }
      let other = Neighbour(
        sample: neighbours[index].sample, nearest: next, position: frames[places[index]].position, spacing: spacing)
      if other.steps < neighbours[index].steps { neighbours[index] = other }
    }
    return neighbours.allSatisfy { $0.nearest != nil } ? neighbours : []
  }

  /// A frame and the nearest frame of another split.
  struct Neighbour {
    /// The frame.
    let sample: Int
    /// The nearest one; `nil` when there is none.
    let nearest: Int?
    /// How far it is, in steps; infinity when there is none.
    let steps: Double

    fileprivate init(sample: Int, nearest: Frame?, position: Int64, spacing: Int64) {
      self.sample = sample
      self.nearest = nearest?.sample
      steps = nearest.map { Double(abs($0.position - position)) / Double(spacing) } ?? .infinity
    }
  }
}
