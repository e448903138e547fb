import SplitSealStatistics

/// In how many of so many trials something is so; trials are numbered, and each draws from a sequence of its own.
func count(_ trials: Int, _ isTrue: @escaping @Sendable (Int) -> Bool) async -> (count: Int, of: Int) {
  let hits = await withTaskGroup(of: Bool.self) { group in
    for trial in 0..<trials { group.addTask { isTrue(trial) } }
    return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
  }
  return (hits, trials)
}

/// A line of a table: `| binary, groups of 5 | 0.3 % | 0.1 to 0.9 % |`.
func row(_ name: String, _ result: (count: Int, of: Int)) -> String {
  let interval = WilsonInterval(result.count, of: result.of)
  let share = Double(result.count) / Double(result.of)
  return "| \(name) | \(text(share)) % | \(text(interval.low)) to \(text(interval.high)) % |"
}

/// A share in percent with one digit after the point.
private func text(_ share: Double) -> String { "\((share * 1_000).rounded() / 10)" }
