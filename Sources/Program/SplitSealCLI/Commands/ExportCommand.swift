internal import ArgumentParser

/// `splitseal export`.
struct ExportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write what other programs and papers read.",
    subcommands: [ExportOMSCommand.self, ExportCroissantCommand.self, ExportParagraphCommand.self])
}
