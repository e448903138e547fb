import SplitSealBase
import SplitSealManifest
import SplitSealTestSupport
import Testing

/// Columns of groups: how they are called, and what stands for none.
@Suite struct GroupNamesTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func read(_ text: String, _ name: String = "a.csv") throws -> Manifest {
    try Manifest.read([folder.write(name, text)])
  }

  @Test(arguments: [
    "group", "subject", "patient", "video", "scene", "Patient", "patient_id", "patientid", "PatientID", "Patient ID",
    " PATIENT-ID", "patient.id", "subject_id", "subjectID", "group_id", "video_id", "VideoName", "case_id", "case no",
    "lesion_id", "slide_id", "study", "StudyInstanceUID", "scan_id", "site", "session", "person_id", "animal_id",
    "clip",
    "recording_id", "MRN", "series_uid", "participant", "specimen_number",
  ])
  func `a column of groups is found however its name is written`(header: String) throws {
    let manifest = try read("path,split,\(header)\na,train,7\n")
    #expect(manifest.named.map(\.group) == ["7"])
    #expect(manifest.groupings.map(\.name) == [header])
    #expect(manifest.inputs.flatMap(\.notes) == [])
  }

  @Test(arguments: [
    "image_id", "ImageID", "file_id", "id", "person", "age", "patient_age", "website", "composite", "identifier",
    "uuid",
    "label_name", "grid", "cat_count",
  ])
  func `other columns are no groups and are not mentioned`(header: String) throws {
    let manifest = try read("path,split,\(header)\na,train,7\n")
    #expect(manifest.groupings.isEmpty)
    #expect(manifest.inputs.flatMap(\.notes) == [])
  }

  @Test(arguments: [
    ("source_video", "source_video"), ("cow_id", "cow_id"), ("Hospital", "Hospital"),
    ("anon patient", "'anon patient'"),
    ("DonorCowUID", "DonorCowUID"), ("original", "original"),
  ])
  func `a column that only looks like a group is named with the flag`(header: String, flag: String) throws {
    let manifest = try read("path,split,\(header)\na,train,7\n")
    #expect(manifest.groupings.isEmpty)
    #expect(
      manifest.inputs.flatMap(\.notes) == [
        "column '\(header)' looks like a group and was not taken: --group-column \(flag)"
      ])
  }

  @Test func `who was recorded counts before in what and where, and the rest is named`() throws {
    let table = try read("path,split,site,video,Patient ID\na,train,s,v,p\n")
    #expect(table.groupings.map(\.name) == ["Patient ID"])
    #expect(
      table.inputs.flatMap(\.notes) == [
        "columns 'site', 'video' look like groups and were not taken: --group-column 'Patient ID' --group-column site "
          + "--group-column video"
      ])
    let json = try read(
      """
      {"path": "a", "split": "train", "site": 1, "patient_id": 7}
      {"path": "b", "split": "train", "scanner": 2}
      """, "a.jsonl")
    #expect(json.groupings.map(\.name) == ["patient_id"])
    #expect(
      json.inputs.flatMap(\.notes) == [
        "keys 'site', 'scanner' look like groups and were not taken: --group-column patient_id --group-column site "
          + "--group-column scanner"
      ])
  }

  @Test func `a flag takes what it names, and the rest is named`() throws {
    let file = try folder.write("a.csv", "path,split,patient,site\na,train,p,s\n")
    let manifest = try Manifest.read([file], options: options { $0.groupColumns = ["site"] })
    #expect(manifest.groupings.map(\.name) == ["site"])
    #expect(
      manifest.inputs.flatMap(\.notes) == [
        "column 'patient' looks like a group and was not taken: --group-column site --group-column patient"
      ])
  }

  @Test func `what stands for a missing value is no patient, and is counted`() throws {
    let values = [
      "NA", "nan", "None", "NULL", "N/A", "", " ", "null", "<NA>", "#N/A", "unknown", "-", "7", "nano", "Nana", "0",
    ]
    let rows = values.enumerated().map { "\($0).jpg,train,\($1)\n" }
    let manifest = try read("path,split,patient\n" + rows.joined())
    #expect(manifest.named.map(\.group) == values.map { ["7", "nano", "Nana", "0"].contains($0) ? $0 : nil })
    #expect(
      manifest.inputs.flatMap(\.notes) == [
        "patient: 11 rows with ' ' (1), '#N/A' (1), '-' (1), '<NA>' (1), 'N/A' (1) and others are taken to have no group"
      ])
  }

  @Test func `what programs write for a missing label is none, what people write is a class`() throws {
    let manifest = try read(
      "path,split,label\na,train,NaN\nb,train,NULL\nc,train,none\nd,train,NA\ne,train,<NA>\nf,train,unknown\n")
    #expect(manifest.named.map(\.label) == [nil, nil, "none", "NA", nil, "unknown"])
    try folder.write("data/train/nan/a.jpg", "")
    #expect(try Manifest.read([folder("data")]).named.map(\.label) == ["nan"])
  }
}
