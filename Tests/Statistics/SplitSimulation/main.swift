// How often rules flag a random split, and how often they see a change: the real rules at the default policy over simulated
// data sets. Usage: split-simulation [SPLITS [PART]]; 1,000 random splits of each kind unless said otherwise; PART is
// classes, properties or changes.

import SplitSealRules
import SplitSealPolicy

let arguments = CommandLine.arguments.dropFirst()
let splitCount = arguments.first.map { Int($0) ?? 0 } ?? 1_000
let parts = arguments.count > 1 ? Array(arguments.dropFirst()) : ["classes", "properties", "changes"]
guard splitCount > 0 else { fatalError("usage: split-simulation [SPLITS [PART]]") }

if parts.contains("classes") {
  print("Random splits, 80 and 20 %, \(splitCount) of each kind: share that class-skew flags, 95 % interval\n")
  for pool in Pool.all { print(row(pool.name, await count(splitCount) { pool.isFlagged(split: $0) })) }
}
if parts.contains("properties") {
  print("\nThe same of the rules on image properties, groups known where there are any\n")
  for rule in [RuleID.propertyDrift, .shortcut] {
    for pool in PropertyPool.all {
      print(row("\(rule.rawValue): \(pool.name)", await count(splitCount) { pool.isFlagged(split: $0, by: rule) }))
    }
  }
}
if parts.contains("changes") {
  print("\nChanged test splits of 2,000 images, 8,000 in training, \(splitCount) of each kind: share that is found\n")
  for change in Change.all { print(row(change.name, await count(splitCount) { change.isFound(draw: $0) })) }
}
