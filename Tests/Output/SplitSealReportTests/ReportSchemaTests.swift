import Foundation
import SplitSealReport
import Testing

/// The reports against docs/report.schema.json, judged by Python's jsonschema.
@Suite(.enabled(if: SchemaJudge.isPresent, "there is no python3 with the module jsonschema"))
struct ReportSchemaTests {
  @Test(arguments: ReportedDataset.all) func `every report follows the schema`(_ dataset: ReportedDataset) throws {
    let report = try GoldenFile(name: "\(dataset.name)-\(JSONReport.schemaVersion).json").text()
    #expect(try SchemaJudge.problems(in: report) == "")
  }

  @Test(arguments: [
    ("\"verdict\": \"fail\"", "\"verdict\": \"maybe\"", "verdict"),
    ("\"schema\": ", "\"extra\": 1,\n  \"schema\": ", "extra"),
    ("\"unlistedPairs\": 0", "\"unlistedPairs\": -1", "minimum"),
    ("\"weakestLink\": 1.000", "\"weakestLink\": 1.100", "maximum"),
  ])
  func `the schema refuses what no report may hold`(_ old: String, _ new: String, _ problem: String) throws {
    let report = try GoldenFile(name: "leaks-\(JSONReport.schemaVersion).json").text()
    let changed = report.replacing(old, with: new, maxReplacements: 1)
    try #require(changed != report)
    #expect(try SchemaJudge.problems(in: changed).contains(problem))
  }
}

/// Python's jsonschema, where it is installed.
private enum SchemaJudge {
  private static let schemaPath = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../docs/report.schema.json").standardizedFileURL.path

  static let isPresent = (try? run("import jsonschema", input: ""))?.status == 0

  /// One line a problem; empty when the document follows the schema.
  static func problems(in document: String) throws -> String {
    let run = try run(
      """
      import json, sys, jsonschema
      schema = json.load(open(sys.argv[1], encoding="utf-8"))
      jsonschema.Draft202012Validator.check_schema(schema)
      document = json.loads(sys.stdin.buffer.read().decode("utf-8"))
      for error in jsonschema.Draft202012Validator(schema).iter_errors(document):
          print(error.json_path, error.message, error.validator, ascii(error.instance)[:200])
      """, input: document)
    try #require(run.status == 0, "python3 could not judge: \(run.output)")
    return run.output
  }

  private static func run(_ script: String, input: String) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", "-c", script, schemaPath]
    let (toPython, fromPython) = (Pipe(), Pipe())
    process.standardInput = toPython
    process.standardOutput = fromPython
    process.standardError = fromPython
    try process.run()
    // The script writes only after it has read everything, so neither side waits for the other.
    try toPython.fileHandleForWriting.write(contentsOf: Data(input.utf8))
    try toPython.fileHandleForWriting.close()
    let output = String(decoding: fromPython.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, output)
  }
}
