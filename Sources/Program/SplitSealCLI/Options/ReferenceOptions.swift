internal import ArgumentParser
internal import SplitSeal

/// Published fingerprints to compare a dataset with.
struct ReferenceOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Also compare every split with a published fingerprint pack (see 'splitseal pack'). Repeatable.",
      valueName: "pack"),
    completion: .file())
  var reference: [String] = []

  func validate() throws {
    guard reference.count <= AuditPipeline.maximumReferenceCount else {
      throw ValidationError("--reference can be given at most \(AuditPipeline.maximumReferenceCount) times")
    }
  }
}
