// How often the class rules flag a random split, and how often they see a change: the real rules at the default policy over
// simulated data sets. Usage: split-simulation [SPLITS]; 1,000 random splits of each kind unless said otherwise.

let splitCount = CommandLine.arguments.count > 1 ? Int(CommandLine.arguments[1]) ?? 0 : 1_000
guard splitCount > 0 else { fatalError("usage: split-simulation [SPLITS]") }

print("Random splits, 80 and 20 %, \(splitCount) of each kind: share that class-skew flags, 95 % interval\n")
for pool in Pool.all {
  let flagged = await count(splitCount) { pool.isFlagged(split: $0) }
  print(row(pool.name, flagged))
}
print("\nChanged test splits of 2,000 images, 8,000 in training, \(splitCount) of each kind: share that is found\n")
for change in Change.all {
  let found = await count(splitCount) { change.isFound(draw: $0) }
  print(row(change.name, found))
}
