import SplitSealFingerprint
import Testing

@testable import SplitSealCertificate
@testable import SplitSealKeys

/// What two certificates say became of a dataset.
@Suite struct CertificateDiffTests {
  private func diff(
    withRecords: Bool = true, from: (inout Fixture) -> Void = { _ in }, _ change: (inout Fixture) -> Void
  ) throws -> CertificateDiff {
    var (old, new) = (Fixture(), Fixture())
    from(&old)
    from(&new)
    change(&new)
    let (oldSigned, newSigned) = (try old.signed(), try new.signed())
    guard withRecords else { return CertificateDiff(oldSigned.claims, newSigned.claims) }
    return CertificateDiff(
      oldSigned.claims, newSigned.claims, oldRecords: try old.records, newRecords: try new.records)
  }

  /// `kind split:path -> split:path`.
  private func lines(_ diff: CertificateDiff) -> [String] {
    func place(_ record: Record?) -> String { record.map { "\($0.split):\($0.path)" } ?? "-" }
    return (diff.changes ?? []).map { "\($0.kind.rawValue) \(place($0.before)) -> \(place($0.after))" }
  }

  private func states(_ diff: CertificateDiff) -> [String] { diff.splits.map { "\($0.name) \($0.state.rawValue)" } }

  @Test func `the same records are the same`() throws {
    let same = try diff { $0.rows.reverse() }
    #expect(same.isSame)
    #expect(states(same) == ["test unchanged", "train unchanged", "val unchanged"])
    #expect(same.changes == [])
  }

  @Test func `the roots alone tell relabelling from other content, split by split`() throws {
    let relabelled = try diff(withRecords: false) { $0.rows[0].label = "dog" }
    #expect(states(relabelled) == ["test unchanged", "train relabelled", "val unchanged"])
    #expect(relabelled.changes == nil && !relabelled.isSame)
    #expect(states(try diff(withRecords: false) { $0.rows[0].path = "x.png" }).contains("train relabelled"))
    #expect(states(try diff(withRecords: false) { $0.rows[0].group = nil }).contains("train relabelled"))
    #expect(states(try diff(withRecords: false) { $0.rows[0].content = "x" }).contains("train changed"))
    let moved = try diff(withRecords: false) { $0.rows[5].split = "val" }
    #expect(states(moved) == ["test changed", "train unchanged", "val changed"])
  }

  @Test func `splits that came and went are told with their counts`() throws {
    let other = try diff { $0.rows[3].split = "dev" }
    #expect(states(other) == ["dev added", "test unchanged", "train unchanged", "val removed"])
    #expect(other.splits.map(\.oldCount) == [nil, 2, 3, 1])
    #expect(other.splits.map(\.newCount) == [1, 2, 3, nil])
  }

  @Test func `what was kept for testing and is trained on comes first`() throws {
    let leaked = try diff {
      $0.rows[0].label = "dog"
      $0.rows[5].split = "train"
    }
    #expect(
      lines(leaked) == [
        "nowInTraining test:dog/three.png -> train:dog/three.png", "moved test:dog/three.png -> train:dog/three.png",
        "relabelled train:cat/one.png -> train:cat/one.png",
      ])
  }

  @Test func `a copy of a test image in training is told, whatever its name, and one that was there already is not`()
    throws
  {
    let copied = try diff { $0.rows.append(.init("train", "new.png", "dog", nil, "a third picture of a dog")) }
    #expect(lines(copied) == ["nowInTraining test:dog/three.png -> train:new.png", "added - -> train:new.png"])
    // cat/three.png of test has the bytes of cat/one.png of train from the start.
    let known = try diff { $0.rows.append(.init("train", "again.png", "cat", nil, "a picture of a cat")) }
    #expect(lines(known) == ["added - -> train:again.png"])
    let validation = try diff { $0.rows[3].split = "train" }
    #expect(lines(validation).first == "nowInTraining val:dog/two.png -> train:dog/two.png")
  }

  @Test func `images are followed by their bytes`() throws {
    #expect(try lines(diff { $0.rows[0].path = "cat/uno.png" }) == ["renamed train:cat/one.png -> train:cat/uno.png"])
    #expect(
      try lines(diff { $0.rows[0].split = "val" }) == ["moved train:cat/one.png -> val:cat/one.png"])
    let both = try diff {
      $0.rows[1].split = "val"
      $0.rows[1].path = "else.png"
      $0.rows[1].label = "dog"
    }
    #expect(
      lines(both) == ["moved train:cat/two.png -> val:else.png", "relabelled train:cat/two.png -> val:else.png"])
  }

  @Test func `other bytes, labels and groups at one place are told apart`() throws {
    let changed = try diff {
      $0.rows[0].content = "x"
      $0.rows[1].label = nil
      $0.rows[2].group = "eve"
    }
    #expect(
      lines(changed) == [
        "changedBytes train:cat/one.png -> train:cat/one.png", "relabelled train:cat/two.png -> train:cat/two.png",
        "regrouped train:dog/one.png -> train:dog/one.png",
      ])
  }

  @Test func `what moved and was encoded anew is still told as moved`() throws {
    let changed = try diff {
      $0.rows[1].split = "val"
      $0.rows[1].content = "x"
    }
    #expect(
      lines(changed) == [
        "moved train:cat/two.png -> val:cat/two.png", "changedBytes train:cat/two.png -> val:cat/two.png",
      ])
  }

  @Test func `what came and what went`() throws {
    let changed = try diff {
      $0.rows.remove(at: 5)
      $0.rows.append(.init("val", "new.png", nil, nil, "new"))
    }
    #expect(lines(changed) == ["removed test:dog/three.png -> -", "added - -> val:new.png"])
  }

  @Test func `copies are paired one by one`() throws {
    let changed = try diff(
      from: { fixture in for name in ["a", "b", "c"] { fixture.rows.append(.init("val", name, nil, nil, "same")) } },
      { fixture in
        fixture.rows.removeLast(3)
        for name in ["b", "d"] { fixture.rows.append(.init("val", name, nil, nil, "same")) }
      })
    #expect(lines(changed) == ["renamed val:a -> val:d", "removed val:c -> -"])
  }

  @Test func `names that look alike and differ in bytes are two names`() throws {
    let changed = try diff(from: { $0.rows[0].label = "é" }, { $0.rows[0].label = "e\u{301}" })
    #expect(changed.changes?.map(\.kind) == [.relabelled])
  }
}
