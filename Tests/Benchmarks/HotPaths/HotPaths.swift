internal import ArgumentParser

/// Runs one hot path on drawn input, so that a tool that counts instructions has something to count.
@main
struct HotPaths: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hot-paths",
    abstract: "Run one hot path so many times on drawn input. Tests/Benchmarks/instructions.sh counts its instructions."
  )

  @Argument(help: "The path: \(HotPath.allCases.map(\.rawValue).joined(separator: ", ")).")
  var path: HotPath?

  @Option(help: "How often it runs.")
  var count = 1

  @Flag(help: "Print the names of the paths.")
  var list = false

  func validate() throws {
    guard list != (path != nil) else { throw ValidationError("give a path, or --list") }
    guard count > 0 else { throw ValidationError("the count is 1 or more") }
  }

  func run() throws {
    if list { print(HotPath.allCases.map(\.rawValue).joined(separator: "\n")) }
    guard let body = try path?.body() else { return }
    for _ in 0..<count { try body() }
  }
}

extension HotPath: ExpressibleByArgument {}
