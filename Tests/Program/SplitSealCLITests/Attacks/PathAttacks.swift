import SplitSealBase
import Testing

/// Attacks by paths and names, when a certificate is made and when it is checked.
@Suite struct PathAttacks {
  private static let certify = ["certify", "set/list.csv", "--key", "signer.key", "--no-probe", "--no-cache"]

  /// A manifest row with this path, to certify.
  private static func manifest(_ what: String, _ path: String, _ message: String) -> Attack {
    Attack("\(what) in a manifest", "is not signed", 2, message) {
      try $0.write("set/list.csv", $0.text("set/list.csv") + "\(path),test,real,eve\n")
      return certify
    }
  }

  /// Records with this path, to verify.
  private static func records(_ what: String, _ path: String, _ message: String) -> Attack {
    Attack("\(what) in the records", "fails, names the line", 1, message) {
      try $0.replace(#""path":"images/2.png""#, with: #""path":"\#(path)""#, in: Workbench.recordsName)
      return []
    }
  }

  static let paths: [Attack] = [
    manifest("path `../x`", "../x.png", "the path '../x.png' goes up with '..'"),
    manifest("absolute path", "/etc/passwd", "the path '/etc/passwd' is absolute"),
    manifest("path `C:\\x`", "C:\\x.png", "the path 'C:\\x.png' is absolute"),
    manifest("NUL in a path", "a\0b.png", "the path 'a\\u{0}b.png' has a control character"),
    records("path `../x`", "../x.png", "line 1: the path has a component '..': '../x.png'"),
    records("absolute path", "/x.png", "line 1: the path is absolute: '/x.png'"),
    records("path `C:/x`", "C:/x.png", "line 1: the path starts with a drive letter: 'C:/x.png'"),
    records("backslash in a path", #"a\\b.png"#, "line 1: the path has a backslash: "),
    records(
      "control character in a path", #"a\u0000b.png"#, #"line 1: the path has a control character: 'a\u{0}b.png'"#),
    records("path `./x`", "./x.png", "line 1: the path has a component '.': './x.png'"),
    records("path `a//x`", "a//x.png", "line 1: the path has an empty component: 'a//x.png'"),
    records("trailing slash", "a/", "line 1: the path has an empty component: 'a/'"),
  ]

  static let names: [Attack] = [
    Attack(
      "paths that differ in case", "is not signed", 2,
      "'IMAGES/2.png' and 'images/2.png' would be one file on some systems"
    ) {
      try $0.write("set/IMAGES/2.png", Picture(seed: 9).png)
      try $0.write("set/list.csv", $0.text("set/list.csv") + "IMAGES/2.png,test,real,eve\n")
      return certify
    },
    Attack("paths that differ in a dot at the end", "is not signed", 2, "would be one file on some systems") {
      try $0.write("set/images/2.png.", Picture(seed: 9).png)
      try $0.write("set/list.csv", $0.text("set/list.csv") + "images/2.png.,test,real,eve\n")
      return certify
    },
    Attack("composed and decomposed form of one name", "is not signed", 2, "would be one file on some systems") {
      try $0.write("set/\u{E9}.png", Picture(seed: 8).png)
      try $0.write("set/e\u{301}.png", Picture(seed: 9).png)
      try $0.write("set/list.csv", $0.text("set/list.csv") + "\u{E9}.png,test,real,eve\ne\u{301}.png,test,real,eve\n")
      return certify
    },
    Attack("file name decomposed by a file system", "passes", 0, "VERIFIED: set") {
      try $0.write("set/\u{E9}.png", Picture(seed: 8).png)
      try $0.write("set/list.csv", $0.text("set/list.csv") + "\u{E9}.png,test,real,eve\n")
      try #require(try $0.run(certify).status != 2)
      try $0.remove("set/\u{E9}.png")
      try $0.write("set/e\u{301}.png", Picture(seed: 8).png)
      try $0.replace("\u{E9}.png", with: "e\u{301}.png", in: "set/list.csv")
      return []
    },
    Attack(
      "decomposed path in the records", "fails, names the line", 1, "line 1: the path is not in normalisation form C"
    ) {
      try $0.replace(#""path":"images/2.png""#, with: #""path":"e\#u{301}.png""#, in: Workbench.recordsName)
      return []
    },
    Attack(
      "bytes that are not UTF-8 in a file name", "is not signed, shown escaped", 2,
      #"'train/real/\xFF.png' is listed and has no bytes to sign: its name is not valid UTF-8"#
    ) {
      try $0.makeFolder("odd/train/real")
      let made = try $0.shell(#"printf x > "$(printf 'odd/train/real/\377.png')""#)
      try #require(made.status == 0)
      return ["certify", "odd", "--key", "signer.key", "--no-probe", "--no-cache"]
    },
    Attack(
      "terminal escapes in a label", "fails, shown escaped", 1,
      #"was labelled 'real', and is labelled '\u{1b}[31mreal'"#
    ) {
      try $0.replace("2.png,test,real", with: "2.png,test,\u{1B}[31mreal", in: "set/list.csv")
      return []
    },
  ]

  @Test(arguments: paths) func `path ../x, absolute, drive letter, backslash, NUL, dot components`(attack: Attack)
    throws
  {
    try attack.check()
  }

  @Test(arguments: names) func `NFC vs NFD, case, trailing dots, invalid UTF-8, terminal escapes`(attack: Attack) throws
  {
    try attack.check()
  }
}
