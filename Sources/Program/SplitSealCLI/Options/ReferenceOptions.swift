internal import ArgumentParser
internal import SplitSeal

/// The published fingerprints that a dataset is compared with.
struct ReferenceOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Compare every split with a pack of published fingerprints (see pack). Repeatable.", valueName: "pack"),
    completion: .file())
  var reference: [String] = []

  func validate() throws {
    guard reference.count <= AuditPipeline.maximumReferenceCount else {
      throw ValidationError("--reference can be given \(AuditPipeline.maximumReferenceCount) times")
    }
  }
}
