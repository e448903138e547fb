internal import SplitSealBase

extension Manifest {
  /// The same samples with inputs that are named from the root, as `.` for the root itself: where the dataset lies on
  /// somebody's disk, and from which folder the program was started, is nobody else's business and changes nothing.
  ///
  /// An input outside the root goes by its last component.
  public func namingInputsFromRoot() -> Manifest {
    let inputs = inputs.map { $0.with(path: name(of: $0.path)) }
    return Manifest(
      root: root, splits: splits, labels: labels, groupings: groupings, times: times, samples: samples, inputs: inputs)
  }

  private func name(of path: String) -> String {
    guard let real = try? realPath(path), isInside(real, root) else { return lastComponent(of: path) }
    let relative = relativePath(real, below: root)
    return relative.isEmpty ? "." : relative
  }
}
