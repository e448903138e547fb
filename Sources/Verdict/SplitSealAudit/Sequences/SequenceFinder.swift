internal import SplitSealFingerprint
internal import SplitSealManifest

/// Orders samples into sequences that reach into more than one split.
struct SequenceFinder {
  /// Shots of one camera further apart than this, in milliseconds, are not of one occasion.
  static let longestPause: Int64 = 10 * 60 * 1000
  /// Fewer frames are no sequence.
  static let leastFrameCount = 3

  private let input: AuditInput

  init(_ input: AuditInput) { self.input = input }

  /// The sequences by each origin, in order of their first samples.
  ///
  /// - Complexity: O(*n* log *n*) for *n* samples.
  func sequences() -> [FrameSequence] { declared() + named() + shot() }

  /// Groups whose samples have a time in the manifest.
  private func declared() -> [FrameSequence] {
    guard let times = input.manifest.times else { return [] }
    return input.manifest.groupings.flatMap { grouping in
      var frames: [[FrameSequence.Frame]] = Array(repeating: [], count: grouping.groups.count)
      for sample in input.manifest.samples.indices {
        guard let group = grouping.group(of: sample), let time = times.time(of: sample) else { continue }
        frames[group].append(FrameSequence.Frame(sample: sample, position: time))
      }
      return grouping.groups.indices.filter { reachesSplits(frames[$0]) }.map {
        FrameSequence(origin: .declared, name: "\(grouping.name) \(grouping.groups[$0])", frames: frames[$0])
      }
    }
  }

  /// Files whose names differ in a number.
  private func named() -> [FrameSequence] {
    var names = NameTable()
    var frames: [[FrameSequence.Frame]] = []
    for (index, sample) in input.manifest.samples.enumerated() {
      guard let name = FrameName(sample.path, split: input.manifest.splits[sample.split].name) else { continue }
      let place = names.insert(name.sequence[...])
      if place.isNew { frames.append([]) }
      frames[place.index].append(FrameSequence.Frame(sample: index, position: name.number))
    }
    return frames.indices.filter { reachesSplits(frames[$0]) }.map {
      FrameSequence(origin: .names, name: String(decoding: names.names[$0], as: UTF8.self), frames: frames[$0])
    }
  }

  /// Pictures that one camera took on one occasion, as EXIF tells.
  private func shot() -> [FrameSequence] {
    var cameras: [Camera: Int] = [:]
    var shots: [(camera: Camera, frames: [FrameSequence.Frame])] = []
    for (index, outcome) in input.outcomes.enumerated() {
      guard let properties = outcome.fingerprint?.properties, let camera = properties.camera,
        let time = properties.captureTime
      else { continue }
      let place = cameras[camera] ?? shots.count
      if place == shots.count {
        cameras[camera] = place
        shots.append((camera, []))
      }
      shots[place].frames.append(FrameSequence.Frame(sample: index, position: time))
    }
    return shots.flatMap { shot in
      FrameSequence(origin: .camera, name: "\(shot.camera)", frames: shot.frames)
        .parted(atGapsAbove: Self.longestPause).filter { reachesSplits($0.frames) }
    }
  }

  private func reachesSplits(_ frames: [FrameSequence.Frame]) -> Bool {
    guard frames.count >= Self.leastFrameCount, let first = frames.first else { return false }
    let split = input.manifest.samples[first.sample].split
    return frames.contains { input.manifest.samples[$0.sample].split != split }
  }
}
