extension Manifest {
  /// Some of the samples, in another order, in other splits.
  ///
  /// - Parameters:
  ///   - order: The samples that stay, in their new order.
  ///   - splitOf: The split of each sample of this manifest, an index into `splits`; what is not in `order` does not matter.
  ///   - splits: The splits.
  /// - Returns: The manifest as it would be read: splits that have no sample are gone, the others stand in the order in
  ///   which they appear.
  package func rearranged(_ order: [Int], splitOf: [Int?], splits: [Split]) -> Manifest {
    var numberOf = Array(repeating: -1, count: splits.count)
    var present: [Split] = []
    let kept = order.map { index in
      let sample = samples[index]
      let split = splitOf[index] ?? sample.split
      if numberOf[split] < 0 {
        numberOf[split] = present.count
        present.append(splits[split])
      }
      return Sample(
        path: sample.path, split: numberOf[split], label: sample.label, input: sample.input,
        line: sample.line)
    }
    return Manifest(
      root: root, splits: present, labels: labels, groupings: groupings.map { $0.picking(order) },
      times: times?.picking(order), samples: kept, inputs: inputs)
  }
}
