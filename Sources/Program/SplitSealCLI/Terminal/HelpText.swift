internal import SplitSealBase
internal import ArgumentParser

/// A command whose help begins with the options that people use most; the others follow in titled sections.
protocol HasCommonOptions: ParsableCommand {
  /// Long names of these options, in the order in which the help lists them.
  static var commonOptions: [String] { get }
}

/// The help pages of the argument parser, rearranged.
///
/// The parser lists options without a title after all titled sections, and lists every option of a group under the group's title.
/// Here a command's common options are moved to the section OPTIONS, and that section to the front.
enum HelpText {
  private struct Section {
    let header: String
    var elements: [[Substring]] = []

    var text: String { ([header] + elements.joined().map(String.init)).joined(separator: "\n") }

    /// Takes out the description of an option.
    mutating func take(_ name: String) -> [Substring]? {
      let index = elements.firstIndex { element in
        // "  -j, --jobs <count>   Number ...", "  --probe/--no-probe   Measure ..."
        element.first?.split(whereSeparator: { " ,/".contains($0) }).prefix { $0.hasPrefix("-") }.contains {
          $0 == name
        }
          ?? false
      }
      return index.map { elements.remove(at: $0) }
    }
  }

  private static let options = "OPTIONS:"

  /// A help page as people read it.
  ///
  /// - Parameter page: A page of the parser.
  /// - Returns: The rearranged page; the same text for commands without common options, and for other text.
  static func arranged(_ page: String) -> String {
    let lines = page.split(separator: "\n", omittingEmptySubsequences: false)
    guard let usage = lines.firstIndex(where: { $0.hasPrefix("USAGE: ") }),
      let start = lines[usage...].firstIndex(where: { $0 == "ARGUMENTS:" || $0 == options }),
      let common = command(usage: lines[usage])?.commonOptions
    else { return page }
    var sections: [Section] = []
    for line in lines[start...] where !line.isEmpty {
      if line.first != " " {
        sections.append(Section(header: String(line)))
      } else if line.hasPrefix("  "), !line.hasPrefix("   ") {
        sections[sections.count - 1].elements.append([line])
      } else if let last = sections[sections.count - 1].elements.indices.last {
        sections[sections.count - 1].elements[last].append(line)
      }
    }
    var first = Section(header: options)
    for name in common {
      for index in sections.indices {
        guard let element = sections[index].take(name) else { continue }
        first.elements.append(element)
      }
    }
    first.elements += sections.first { $0.header == options }?.elements ?? []
    let arguments = sections.filter { $0.header == "ARGUMENTS:" }
    let others = sections.filter { $0.header != "ARGUMENTS:" && $0.header != options && !$0.elements.isEmpty }
    let speed = HelpSection.speed.uppercased() + ":"
    let ordered = others.filter { $0.header != speed } + others.filter { $0.header == speed }
    let head = lines[..<start].joined(separator: "\n")
    return head + "\n" + (arguments + [first] + ordered).map(\.text).joined(separator: "\n\n") + "\n"
  }

  /// The command that a usage line is about.
  private static func command(usage: Substring) -> (any HasCommonOptions.Type)? {
    var command: any ParsableCommand.Type = SplitSealCommand.self
    for word in usage.split(separator: " ").dropFirst(2) {
      let next = command.configuration.subcommands.first { $0.configuration.commandName.map { $0 == word } ?? false }
      guard let next else { break }
      command = next
    }
    return command as? any HasCommonOptions.Type
  }
}
