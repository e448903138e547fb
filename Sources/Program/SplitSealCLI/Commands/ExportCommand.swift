internal import ArgumentParser

/// `splitseal export`.
struct ExportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Export signatures and metadata for other programs, or a paragraph for a paper.",
    subcommands: [ExportOMSCommand.self, ExportCroissantCommand.self, ExportParagraphCommand.self])
}
