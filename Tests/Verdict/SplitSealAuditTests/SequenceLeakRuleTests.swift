import SplitSealRules
import SplitSealAudit
import SplitSealPolicy
import SplitSealTestSupport
import Testing

@Suite struct SequenceLeakRuleTests {
  /// 100 frames of a film whose picture turns slowly, every fifth of them in test.
  static let scattered = (0..<100).map { index in
    let split = index % 5 == 2 ? "test" : "train"
    return "\(split) f\(index) look=\(index * 3) path=\(split)/walk/frame_\(1000 + 2 * index).png"
  }.joined(separator: "\n")

  @Test func `neighbours in a film are an error, with distances in the film's own steps`() {
    let found = DatasetBuilder(Self.scattered).audit().findings(of: .sequenceLeak)
    #expect(
      found.map(\.message) == [
        "20 of 20 frames of test in the sequence 'walk/frame_#.png' are within 1 step of a frame of train "
          + "(median 1 step; a step is 2 frames; by the numbers in the names of files, whose neighbours look alike)"
      ])
    #expect(found.first?.severity == .error)
    // Frame 2 is the first of test, and frame 1 the nearest before it.
    #expect(found.first?.samples == [1, 2])
  }

  @Test func `numbered files whose neighbours look like any others are no film`() {
    let lines = (0..<100).map { index in
      let split = index % 5 == 2 ? "test" : "train"
      return "\(split) f\(index) look=\((37 * index * index) % 360) path=\(split)/cat/\(index).png"
    }
    let result = DatasetBuilder(lines.joined(separator: "\n")).audit()
    #expect(result.findings(of: .sequenceLeak).isEmpty)
    #expect(result.passedChecks.contains { $0.contains("('cat/#.png')") && $0.contains("not taken for sequences") })
  }

  @Test func `a film cut in two with a gap holds, and the gap is said`() {
    let lines = (0..<100).map { index in
      let isTest = index >= 70
      let split = isTest ? "test" : "train"
      return "\(split) f\(index) look=\(index * 3) path=\(split)/walk/\(isTest ? index + 24 : index).png"
    }
    let result = DatasetBuilder(lines.joined(separator: "\n")).audit()
    #expect(result.findings(of: .sequenceLeak).isEmpty)
    #expect(
      result.passedChecks.contains(
        "0 of 30 frames of test in 1 sequence that reach into train are within 1 step of one of its frames (the nearest"
          + " is 25 steps away)"))
  }

  @Test func `a film cut in two without a gap is a warning: one frame touches`() {
    let lines = (0..<100).map { index in
      let split = index >= 70 ? "test" : "train"
      return "\(split) f\(index) look=\(index * 3) path=\(split)/walk/\(index).png"
    }
    let found = DatasetBuilder(lines.joined(separator: "\n")).audit().findings(of: .sequenceLeak)
    #expect(found.map(\.severity) == [.warning])
    #expect(found.first?.message.hasPrefix("1 of 30 frames") == true)
  }

  @Test func `too few neighbours to compare are no film and no clearance`() {
    let lines = (0..<10).map { "\($0 % 2 == 0 ? "train" : "test") f\($0) look=\($0) path=a/\($0).png" }
    let result = DatasetBuilder(lines.joined(separator: "\n")).audit()
    #expect(result.findings(of: .sequenceLeak).isEmpty)
    #expect(result.skippedChecks.contains { $0.contains("too few neighbours can be compared") })
  }

  /// Web photographs of one class stand together and are alike as their class is, and in the order of a crawl they mean
  /// nothing: 20 classes of 60 photographs, each around its own angle.
  @Test func `numbers of photographs crawled by class are no film`() {
    let lines = (0..<1200).map { index in
      let (label, place) = (index / 60, index % 60)
      let split = place % 6 == 1 ? "test" : "train"
      let look = (label * 18 + (place * 37 % 60) / 4) % 360
      return "\(split)/c\(label) f\(index) look=\(look) path=\(split)/\(index).png"
    }
    let result = DatasetBuilder(lines.joined(separator: "\n")).audit()
    #expect(result.findings(of: .sequenceLeak).isEmpty)
    #expect(
      result.passedChecks.contains(
        "files are numbered across splits ('#.png'), and neighbours look not far more alike than others of their kind: not"
          + " taken for sequences (1 test, p-values adjusted by Holm)"))
  }

  @Test func `a film among classes is found, and the numbers that it rests on are given`() {
    // One class is a film of 60 frames; 19 are photographs.
    let lines = (0..<1200).map { index in
      let (label, place) = (index / 60, index % 60)
      let split = place % 6 == 1 ? "test" : "train"
      let look = label == 7 ? place * 6 : (label * 18 + (place * 37 % 60) / 4) % 360
      return "\(split)/c\(label) f\(index) look=\(look) path=\(split)/c\(label)/\(place).png"
    }
    let found = DatasetBuilder(lines.joined(separator: "\n")).audit().findings(of: .sequenceLeak)
    #expect(found.map(\.severity) == [.error])
    #expect(found.first?.message.contains("the sequence 'c7/#.png'") == true)
    let evidence = found.first?.evidence.suffix(4) ?? []
    #expect(evidence.map(\.name) == ["neighbours", "alike", "tests", "adjustedPValue"])
    #expect(
      evidence.prefix(3).map(\.value) == [.integer(59), .integer(59), .integer(20)])
  }

  @Test func `files named by hashes are in no order, and nothing is said to hold of neighbours`() {
    let lines = (0..<60).map { index in
      let split = index % 3 == 0 ? "test" : "train"
      let hash = String(0x1a2b_3c4d_5e6f_7081 &+ index &* 0x9e37_79b9_7f4a, radix: 16)
      return "\(split) f\(index) look=\(index) path=\(split)/x.rf.\(hash).jpg"
    }
    let result = DatasetBuilder(lines.joined(separator: "\n")).audit()
    #expect(result.findings(of: .sequenceLeak).isEmpty)
    #expect(
      result.passedChecks.contains("no files are numbered across two splits, by names, EXIF or a column of times"))
  }

  @Test func `short clips are held against clips of their class`() {
    // 30 clips of 6 frames in 3 classes.
    let lines = (0..<180).map { index in
      let (clip, frame) = (index / 6, index % 6)
      let split = frame == 3 ? "test" : "train"
      return "\(split)/c\(clip % 3) f\(index) look=\((clip * 47 + frame) % 360) path=\(split)/v\(clip)/\(frame).png"
    }
    #expect(
      DatasetBuilder(lines.joined(separator: "\n")).audit().findings(of: .sequenceLeak).count == 30)
    // The same frames where each clip is a class of its own: a class may look like itself.
    let people = (0..<180).map { index in
      let (person, number) = (index / 6, index % 6)
      let split = number == 3 ? "test" : "train"
      return "\(split)/p\(person) f\(index) look=\((person * 47 + number) % 360) path=\(split)/p\(person)/\(number).png"
    }
    let result = DatasetBuilder(people.joined(separator: "\n")).audit()
    #expect(result.findings(of: .sequenceLeak).isEmpty)
    #expect(result.skippedChecks.contains { $0.contains("too few neighbours can be compared") })
    #expect(!result.passedChecks.contains { $0.contains("sequences") })
  }

  @Test func `a video column with a column of times is believed as it is`() {
    let lines = (0..<12).map {
      "\($0 % 4 == 1 ? "test" : "train") f\($0) group=v1 date=\($0 * 40) path=\($0 % 4 == 1 ? "x" : "y")/clip.png"
    }
    let found = DatasetBuilder(lines.joined(separator: "\n")).audit().findings(of: .sequenceLeak)
    let start = "3 of 3 frames of test in the sequence 'group v1' are within 1 step"
    #expect(found.first?.message.hasPrefix(start) == true)
    #expect(found.first?.severity == .error)
  }

  @Test func `shots of one camera on one occasion are a warning`() {
    // 40 bursts of 3 shots, 2 s apart, an hour between bursts; the last shot of each is in test.
    let lines = (0..<120).map { index in
      let (burst, shot) = (index / 3, index % 3)
      let split = shot == 2 ? "test" : "train"
      let time = burst * 3_600_000 + shot * 2_000
      let look = (burst * 137 + shot * 4) % 360
      return "\(split) f\(index) look=\(look) camera=Canon_EOS time=\(time) path=\(split)/a.png"
    }
    let found = DatasetBuilder(lines.joined(separator: "\n")).audit().findings(of: .sequenceLeak)
    #expect(found.count == 40)
    #expect(found.allSatisfy { $0.severity == .warning })
    #expect(
      found.first?.message
        == "1 of 1 frame of test in the sequence 'Canon EOS' are within 1 step of a frame of train (median 1 step;"
        + " a step is 2.00 s; by capture time and camera in EXIF)")
  }
}
