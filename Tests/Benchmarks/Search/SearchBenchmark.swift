internal import ArgumentParser
internal import CDotProduct

/// Measures how many pairs of descriptors each kernel of this machine compares in a second, on one core.
@main
struct SearchBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search-benchmark",
    abstract: "Measure the kernels of the descriptor search on one core of this machine.")

  @Option(help: "Number of base vectors.")
  var vectors = 100_000

  @Option(help: "Number of queries.")
  var queries = 4096

  @Option(help: "How often each kernel searches.")
  var rounds = 5

  @Option(help: "Least cosine of a hit.")
  var cosine = 0.5

  @Flag(help: "Measure the fastest kernel only.")
  var fastest = false

  @Option(help: "Write the base vectors, then the queries, to this file: 64 signed bytes each.")
  var export: String?

  func validate() throws {
    guard vectors > 0, queries > 0, rounds > 0 else { throw ValidationError("counts are 1 or more") }
    guard (-1...1).contains(cosine) else { throw ValidationError("a cosine is in -1...1") }
  }

  func run() throws {
    let workload = SearchWorkload(vectorCount: vectors, queryCount: queries, cosine: cosine)
    if let export { try workload.write(to: export) }
    let kernels = Self.availableKernels.filter { !fastest || $0 == ss_dot_best_kernel() }
    print("\(vectors) vectors x \(queries) queries, cosine >= \(cosine), \(rounds) rounds, one core")
    print(Self.row("kernel", "best Gpairs/s", "median Gpairs/s", "hits"))
    // The kernels take turns, so that a disturbance does not fall on one of them alone.
    var rates = kernels.map { _ in [Double]() }
    var hitCounts = kernels.map { _ in 0 }
    for _ in 0..<rounds {
      for (index, kernel) in kernels.enumerated() {
        let clock = ContinuousClock()
        let duration = clock.measure { hitCounts[index] = workload.search(with: kernel) }
        rates[index].append(Double(vectors) * Double(queries) / (duration / .seconds(1)))
      }
    }
    for (index, kernel) in kernels.enumerated() {
      let sorted = rates[index].sorted()
      print(
        Self.row(
          unsafe String(cString: ss_dot_kernel_name(kernel)), Self.billions(sorted[sorted.count - 1]),
          Self.billions(sorted[sorted.count / 2]), String(hitCounts[index])))
    }
  }

  private static var availableKernels: [ss_dot_kernel] {
    (0..<UInt32(SS_DOT_KERNEL_COUNT)).map { ss_dot_kernel(rawValue: $0) }.filter(ss_dot_kernel_is_available)
  }

  /// A rate in billions, with three decimals.
  private static func billions(_ rate: Double) -> String {
    let thousandths = Int((rate / 1e6).rounded())
    return "\(thousandths / 1000).\(String(thousandths % 1000 + 1000).dropFirst())"
  }

  private static func row(_ kernel: String, _ best: String, _ median: String, _ hits: String) -> String {
    let columns = [(kernel, 14), (best, 15), (median, 17)].map { text, width in
      text + String(repeating: " ", count: max(0, width - text.count))
    }
    return (columns + [hits]).joined(separator: "  ")
  }
}
