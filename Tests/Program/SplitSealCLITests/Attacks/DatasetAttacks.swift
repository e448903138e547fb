import Testing

/// Attacks on files and manifests.
@Suite struct DatasetAttacks {
  private static let image = "set/images/2.png"
  private static let row = "images/2.png,test,real,cid\n"

  static let files: [Attack] = [
    Attack(
      "byte of a file flipped", "fails, names the path", 1,
      "'images/2.png' in split 'test' has other content than was signed (SHA-256 "
    ) { bench in
      var bytes = try bench.bytes(image)
      bytes[bytes.count / 2] ^= 1
      try bench.write(image, bytes)
      return []
    },
    Attack(
      "file truncated", "fails, names the path", 1,
      "'images/2.png' in split 'test' has other content than was signed (SHA-256 "
    ) { bench in
      try bench.write(image, Array(bench.bytes(image).dropLast()))
      return []
    },
    Attack(
      "file emptied", "fails, names the path", 1,
      "'images/2.png' in split 'test' has other content than was signed (SHA-256 e3b0c44298fc1c149afbf4c8996fb924"
    ) {
      try $0.write(image, [])
      return []
    },
    Attack("file missing", "fails, names the path", 1, "'images/2.png' in split 'test' is listed and cannot be read") {
      try $0.remove(image)
      return []
    },
    Attack("extra image listed", "fails, names the path", 1, "'images/4.png' in split 'test' is not signed") { bench in
      try bench.write("set/list.csv", bench.text("set/list.csv") + "images/4.png,test,real,eve\n")
      return []
    },
    Attack(
      "extra image listed, with `--allow-extra`", "passes, names the path", 0,
      "note         'images/4.png' in split 'test' is not signed"
    ) { bench in
      try bench.write("set/list.csv", bench.text("set/list.csv") + "images/4.png,test,real,eve\n")
      return ["verify", "set/list.csv", "--public-key", "signer.pub", "--allow-extra"]
    },
    Attack(
      "file replaced by a link to the same bytes", "fails, names the path", 1,
      "'images/2.png' in split 'test' is listed and cannot be read"
    ) { bench in
      try bench.write("set/images/same.png", bench.bytes(image))
      try bench.remove(image)
      try bench.link(image, to: "same.png")
      return []
    },
    Attack(
      "folder replaced by a link to the same files", "fails, names the path", 1,
      "'images/2.png' in split 'test' is listed and cannot be read"
    ) { bench in
      for number in 0..<4 { try bench.write("set/same/\(number).png", bench.bytes("set/images/\(number).png")) }
      try bench.remove("set/images")
      try bench.link("set/images", to: "same")
      return []
    },
    Attack(
      "folder replaced by a link out of the dataset", "is not read", 2,
      "set/list.csv:2: 'images' is a link to '"
    ) { bench in
      for number in 0..<4 { try bench.write("elsewhere/\(number).png", bench.bytes("set/images/\(number).png")) }
      try bench.remove("set/images")
      try bench.link("set/images", to: "../elsewhere")
      return []
    },
    Attack(
      "file replaced by a pipe", "fails, names the path, does not wait", 1,
      "'images/2.png' in split 'test' is listed and cannot be read"
    ) { bench in
      try bench.remove(image)
      try bench.makePipe(image)
      return []
    },
    Attack(
      "hidden copy of a test image in train", "fails, names the path", 1,
      "'train/real/.copy.png' is an image by its content, and is not signed: its name is passed over"
    ) { bench in
      let verify = try bench.certifyFolders()
      try bench.write("fold/train/real/.copy.png", bench.bytes("fold/test/real/0.png"))
      return verify
    },
    Attack(
      "copy of a test image in train under the name of a table", "fails, names the path", 1,
      "'train/real/copy.csv' is an image by its content, and is not signed: its name is passed over"
    ) { bench in
      let verify = try bench.certifyFolders()
      try bench.write("fold/train/real/copy.csv", bench.bytes("fold/test/real/0.png"))
      return verify
    },
    Attack(
      "hidden file replaced by a copy of a test image", "passes, names the path", 0,
      "note         'train/real/.copy.png' is an image by its content, and is not signed: its name is passed over"
    ) { bench in
      try bench.write("fold/train/real/.notes", "no image")
      let verify = try bench.certifyFolders()
      try bench.remove("fold/train/real/.notes")
      try bench.write("fold/train/real/.copy.png", bench.bytes("fold/test/real/0.png"))
      return verify
    },
    Attack(
      "table added to a folder of images", "passes, tells the count", 0,
      "note         files and hidden folders that are not taken for images: 1, and 0 when the certificate was made"
    ) { bench in
      let verify = try bench.certifyFolders()
      try bench.write("fold/train/real/notes.txt", "no image")
      return verify
    },
    Attack(
      "report beside the certificate replaced", "fails, names the report", 1,
      "report: 'splitseal.report.json' is not the report that was signed (SHA-256 "
    ) {
      try $0.write("set/.splitseal/splitseal.report.json", #"{"verdict":"pass"}"#)
      return []
    },
    Attack(
      "report beside the certificate removed", "passes, says that it was not checked", 0,
      "not checked  the report, because it is not beside the certificate"
    ) {
      try $0.remove("set/.splitseal/splitseal.report.json")
      return []
    },
    Attack(
      "link among the images when certifying", "is not signed", 2,
      "'images/2.png' is listed and has no bytes to sign: "
    ) { bench in
      try bench.write("set/images/same.png", bench.bytes(image))
      try bench.remove(image)
      try bench.link(image, to: "same.png")
      return ["certify", "set/list.csv", "--key", "signer.key", "--no-probe", "--no-cache"]
    },
  ]

  static let manifests: [Attack] = [
    Attack(
      "manifest rows in another order, CRLF, byte order mark, quotes", "passes, mentions the manifest", 0,
      "manifest 'list.csv' has other bytes than were signed; its records are the same"
    ) { bench in
      let lines = try bench.text("set/list.csv").split(separator: "\n").map(String.init)
      let turned = ([lines[0]] + lines.dropFirst().reversed()).map { $0.replacing("train", with: "\"train\"") }
      try bench.write("set/list.csv", "\u{FEFF}" + turned.joined(separator: "\r\n") + "\r\n")
      return []
    },
    Attack(
      "label swapped", "fails, names the image", 1,
      "'images/2.png' in split 'test' was labelled 'real', and is labelled 'spoof'"
    ) {
      try $0.replace(row, with: "images/2.png,test,spoof,cid\n", in: "set/list.csv")
      return []
    },
    Attack(
      "label swapped, records lost", "fails by the roots: `recordRoot` differs, `contentRoot` does not", 1,
      "split 'test': the images are those that were signed, their names, labels or groups are not (recordRoot "
    ) {
      try $0.replace(row, with: "images/2.png,test,spoof,cid\n", in: "set/list.csv")
      try $0.remove(Workbench.recordsName)
      return []
    },
    Attack(
      "group changed", "fails, names the image", 1,
      "'images/2.png' in split 'test' was of group 'cid', and is of group 'ann'"
    ) {
      try $0.replace(row, with: "images/2.png,test,real,ann\n", in: "set/list.csv")
      return []
    },
    Attack(
      "sample moved from test to train", "fails, names the image", 1,
      "'images/2.png' in split 'test' is in split 'train' now"
    ) {
      try $0.replace(row, with: "images/2.png,train,real,cid\n", in: "set/list.csv")
      return []
    },
    Attack(
      "sample moved from test to train, records lost", "fails by both roots of both splits", 1,
      "split 'train': the images are not those that were signed (contentRoot "
    ) {
      try $0.replace(row, with: "images/2.png,train,real,cid\n", in: "set/list.csv")
      try $0.remove(Workbench.recordsName)
      return []
    },
    Attack("test image copied into train", "fails, names the image", 1, "'images/2.png' in split 'train' is not signed")
    {
      try $0.write("set/list.csv", $0.text("set/list.csv") + "images/2.png,train,real,cid\n")
      return []
    },
    Attack(
      "test image copied into train before certifying", "is signed with the finding", 1,
      "same bytes  test: images/2.png  = train: images/2.png"
    ) {
      try $0.write("set/list.csv", $0.text("set/list.csv") + "images/2.png,train,real,cid\n")
      return ["certify", "set/list.csv", "--key", "signer.key", "--no-probe", "--no-cache"]
    },
    Attack("row twice in a split when certifying", "is not signed", 2, "'images/2.png' stands twice in split 'test'") {
      try $0.write("set/list.csv", $0.text("set/list.csv") + row)
      return ["certify", "set/list.csv", "--key", "signer.key", "--no-probe", "--no-cache"]
    },
    Attack(
      "row twice in a split when verifying", "fails, names the image", 1,
      "'images/2.png' stands twice in split 'test'"
    ) {
      try $0.write("set/list.csv", $0.text("set/list.csv") + row)
      return []
    },
    Attack("manifest without rows", "is not signed", 2, "set/list.csv: a header and no rows") {
      try $0.write("set/list.csv", "path,split\n")
      return ["certify", "set/list.csv", "--key", "signer.key", "--no-probe", "--no-cache"]
    },
    Attack(
      "folder in which nothing is an image", "is not signed", 2, "none: no images in the folder; 1 file was passed over"
    ) {
      try $0.write("none/train/real/notes.txt", "no image")
      return ["certify", "none", "--key", "signer.key", "--no-probe", "--no-cache"]
    },
  ]

  @Test(arguments: files) func `file byte flipped / truncated / emptied / missing / extra, links`(attack: Attack) throws
  {
    try attack.check()
  }

  @Test(arguments: manifests) func `manifest rewritten; label, group, split changed; rows twice; empty`(
    attack: Attack
  ) throws {
    try attack.check()
  }
}
