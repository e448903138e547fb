extension Workbench {
  /// Draws pictures `images/SEED.png`.
  func draw(_ seeds: some Sequence<Int>) throws {
    for seed in seeds { try write("images/\(seed).png", Picture(seed: seed).png) }
  }

  /// Four pictures in two splits with nothing to find: without labels, nothing can be said about classes.
  func makeCleanDataset() throws {
    try draw(0..<4)
    try write(
      "clean.csv",
      """
      path,split
      images/0.png,train
      images/1.png,train
      images/2.png,test
      images/3.png,test

      """)
  }

  /// The clean dataset with a copy of a training picture in the test split, under a name of its own.
  func makeLeakingDataset() throws {
    try makeCleanDataset()
    try write("images/copy.png", Picture(seed: 0).png)
    try write("leak.csv", try text("clean.csv") + "images/copy.png,test\n")
  }

  /// Labelled pictures, `count` of each class in each split, all different: `train/real/0.png` ...
  func makeFolders(_ name: String, count: Int) throws {
    var seed = 100
    for split in ["train", "test"] {
      for label in ["real", "spoof"] {
        for number in 0..<count {
          try write("\(name)/\(split)/\(label)/\(number).png", Picture(seed: seed).png)
          seed += 1
        }
      }
    }
  }

  /// A labelled and certified dataset `set`, its manifest `set/list.csv` and the keys `signer.key` and `signer.pub`.
  func makeCertifiedDataset() throws {
    for seed in 0..<5 { try write("set/images/\(seed).png", Picture(seed: seed).png) }
    try write(
      "set/list.csv",
      """
      path,split,label
      images/0.png,train,real
      images/1.png,train,spoof
      images/2.png,test,real
      images/3.png,test,spoof

      """)
    try makeKey()
    let certified = try run("certify", "set/list.csv", "--key", "signer.key", "--quiet", "--no-probe")
    // Two images a class are too few to say pass.
    guard certified.status == 3 else { throw Unprepared(what: "set: \(certified.status) \(certified.errors)") }
  }

  /// Makes `signer.key` and `signer.pub`.
  ///
  /// - Returns: The fingerprint that was printed.
  @discardableResult func makeKey(_ name: String = "signer") throws -> String {
    let made = try run("keygen", "-o", name)
    let words = made.output.split(whereSeparator: \.isWhitespace)
    guard made.status == 0, let print = words.first(where: { $0.hasPrefix("SHA256:") }) else {
      throw Unprepared(what: "\(name): \(made.errors)")
    }
    return String(print)
  }

  /// A dataset that a test needs and that could not be made.
  struct Unprepared: Error {
    let what: String
  }
}
