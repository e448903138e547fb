import SplitSealBase
import SplitSealImage
import SplitSealReport
import Testing

/// Pictures as terminals are given them, read back by decoders written down apart from what encodes them.
@Suite struct InlinePictureTests {
  /// 97 x 50 pixels, every one of its own colour.
  private static let picture: Preview = {
    var pixels: [UInt8] = []
    for y in 0..<50 { for x in 0..<97 { pixels += [UInt8(x * 2), UInt8(y * 5), UInt8((x * y) % 256)] } }
    return Preview(width: 97, height: 50, pixels: pixels)
  }()

  @Test func `kitty is given pixels in pieces of at most 4,096 characters`() throws {
    let one = Preview(width: 1, height: 1, pixels: [1, 2, 3])
    #expect(InlinePictureProtocol.kitty.sequence(one) == "\u{1B}_Ga=T,q=2,f=24,s=1,v=1,m=0;AQID\u{1B}\\")
    let script = """
      import sys, re, base64
      data = sys.stdin.buffer.read()
      parts = re.findall(rb"\\x1b_G([^;]*);([A-Za-z0-9+/=]*)\\x1b\\\\", data)
      assert b"".join(b"\\x1b_G" + k + b";" + p + b"\\x1b\\\\" for k, p in parts) == data
      keys = [dict(x.split(b"=") for x in k.split(b",")) for k, p in parts]
      assert [k[b"m"] for k in keys] == [b"1"] * (len(keys) - 1) + [b"0"], keys
      assert all(0 < len(p) <= 4096 and len(p) % 4 == 0 for k, p in parts)
      assert all(set(k) <= {b"m", b"q"} for k in keys[1:])
      pixels = base64.b64decode(b"".join(p for k, p in parts))
      w, h = int(keys[0][b"s"]), int(keys[0][b"v"])
      assert len(pixels) == w * h * 3
      good = all(pixels[(y * w + x) * 3:][:3] == bytes([x * 2, y * 5, x * y % 256]) for y in range(h) for x in range(w))
      print(len(parts), w, h, good)
      """
    // 97 x 50 x 3 bytes are 19,400 characters of base64.
    let sequence = try #require(InlinePictureProtocol.kitty.sequence(Self.picture))
    #expect(try FormatJudge.output(of: script, input: sequence) == "5 97 50 True\n")
  }

  @Test func `iTerm2 is given a JPEG with its size`() throws {
    let script = """
      import sys, re, base64
      data = sys.stdin.buffer.read()
      head, body = re.fullmatch(rb"\\x1b\\]1337;File=([^:]*):([A-Za-z0-9+/=]*)\\x07", data).groups()
      keys = dict(x.split(b"=") for x in head.split(b";"))
      file = base64.b64decode(body)
      # The frame header of a baseline JPEG has the height and the width.
      at = file.index(b"\\xff\\xc0")
      print(keys[b"inline"].decode(), int(keys[b"size"]) == len(file), keys[b"width"].decode(), keys[b"height"].decode(),
            file[:2] == b"\\xff\\xd8", int.from_bytes(file[at + 7:at + 9], "big"), int.from_bytes(file[at + 5:at + 7], "big"))
      """
    let sequence = try #require(InlinePictureProtocol.iterm.sequence(Self.picture))
    #expect(try FormatJudge.output(of: script, input: sequence) == "1 True 97px 50px True 97 50\n")
  }

  @Test func `sixels of a tiny picture are those worked out by hand`() {
    let picture = Preview(width: 2, height: 1, pixels: [255, 0, 0, 255, 255, 255])
    #expect(
      InlinePictureProtocol.sixel.sequence(picture)
        == "\u{1B}P0;1;0q\"1;1;2;1#180;2;100;0;0#215;2;100;100;100#180@$#215?@-\u{1B}\\")
    // Seven rows of black: a full column of six, twelve times, and one row below.
    let black = Preview(width: 12, height: 7, pixels: Array(repeating: 0, count: 12 * 7 * 3))
    #expect(
      InlinePictureProtocol.sixel.sequence(black) == "\u{1B}P0;1;0q\"1;1;12;7#0;2;0;0;0#0!12~-#0!12@-\u{1B}\\")
  }

  @Test func `sixels decode to the picture, dithered`() throws {
    let script = """
      import sys, re
      data = sys.stdin.read()
      head, body = re.fullmatch(r'\\x1bP0;1;0q"1;1;(\\d+;\\d+)(.*)\\x1b\\\\', data, re.S).groups()
      w, h = map(int, head.split(";"))
      colors, pixels, x, y, color = {}, {}, 0, 0, None
      for define, choose, count, ch, move in re.findall(r"#(\\d+;2;\\d+;\\d+;\\d+)|#(\\d+)|(?:!(\\d+))?([?-~])|([$-])", body):
          if define:
              n, _, *rgb = map(int, define.split(";")); colors[n] = rgb
          elif choose: color = int(choose)
          elif ch:
              for _ in range(int(count or 1)):
                  for bit in range(6):
                      if ord(ch) - 63 >> bit & 1:
                          assert (x, y + bit) not in pixels
                          pixels[x, y + bit] = colors[color]
                  x += 1
          else: x, y = 0, y + (6 if move == "-" else 0)
      assert set(pixels) == {(x, y) for x in range(w) for y in range(h)}
      # Dithering keeps the mean of every neighbourhood: of 8 x 8 pixels, within a few levels.
      worst = 0
      for left in range(0, w - 8, 8):
          for top in range(0, h - 8, 8):
              for c in range(2):
                  want = sum((x * 2, y * 5)[c] for x in range(left, left + 8) for y in range(top, top + 8)) / 64
                  have = sum(pixels[x, y][c] * 2.55 for x in range(left, left + 8) for y in range(top, top + 8)) / 64
                  worst = max(worst, abs(want - have))
      print(w, h, worst < 10)
      """
    let sequence = try #require(InlinePictureProtocol.sixel.sequence(Self.picture))
    #expect(try FormatJudge.output(of: script, input: sequence) == "97 50 True\n")
  }

  @Test(
    arguments: [
      ([:], nil), (["KITTY_WINDOW_ID": "3"], .kitty), (["TERM": "xterm-kitty"], .kitty),
      (["TERM": "xterm-ghostty"], .kitty), (["TERM_PROGRAM": "ghostty"], .kitty), (["TERM_PROGRAM": "WezTerm"], .iterm),
      (["TERM_PROGRAM": "iTerm.app"], .iterm), (["LC_TERMINAL": "iTerm2"], .iterm), (["TERM": "foot"], .sixel),
      (["TERM": "mlterm"], .sixel), (["TERM": "xterm-256color"], nil),
      (["KITTY_WINDOW_ID": "3", "TMUX": "/tmp/tmux-1/default,1,0"], nil),
      (["LC_TERMINAL": "iTerm2", "STY": "1.x"], nil),
      (["TERM_PROGRAM": "iTerm.app", "TERM": "screen-256color"], nil), (["KITTY_WINDOW_ID": "3", "TMUX": ""], .kitty),
    ] as [([String: String], InlinePictureProtocol?)])
  func `the environment tells the protocol, and nothing goes through tmux`(
    environment: [String: String], expected: InlinePictureProtocol?
  ) {
    #expect(InlinePictureProtocol.told(by: { environment[$0] }) == expected)
  }

  @Test(arguments: [
    ("\u{1B}[?62;4;22c", true), ("\u{1B}[?65;1;9;4c", true), ("\u{1B}[?4;6c", false), ("\u{1B}[?1;2c", false),
    ("\u{1B}[?62;44;14c", false), ("", false), ("\u{1B}[?62;4", false), ("4c", false), ("x\u{1B}[?62;4c", true),
  ]) func `attribute 4 of a terminal is sixel, the first number is its level`(answer: String, hasSixel: Bool) {
    #expect(InlinePictureProtocol.hasSixel(Array(answer.utf8)) == hasSixel)
  }

  @Test func `two pictures stand beside each other at one height`() {
    let red = Preview(width: 1, height: 2, pixels: [255, 0, 0, 255, 0, 0])
    let blue = Preview(width: 8, height: 4, pixels: Array([UInt8]([0, 0, 255, 0, 0, 253]).repeated(16)))
    let joined = PairPicture.joined(red, blue, height: 4)
    // 1 x 2 becomes 2 x 4; a gap of 8; 8 x 4 stays.
    #expect((joined.width, joined.height) == (18, 4))
    let row = (0..<18).map { Array(joined.pixels[($0 * 3)..<($0 * 3 + 3)]) }
    #expect(row[0] == [255, 0, 0] && row[1] == [255, 0, 0])
    #expect(row[2...9].allSatisfy { $0 == [255, 255, 255] })
    #expect(row[10] == [0, 0, 255] && row[11] == [0, 0, 253])
    // At half the height each pixel is the mean of four.
    #expect(PairPicture.joined(red, blue, height: 2).pixels[(9 * 3)..<(9 * 3 + 3)] == [0, 0, 254])
    // 100 x 1 would be 400 wide: it keeps its form at three times the height.
    let strip = Preview(width: 100, height: 1, pixels: Array(repeating: 7, count: 300))
    let wide = PairPicture.joined(strip, red, height: 4)
    #expect((wide.width, wide.height) == (12 + 8 + 2, 4))
    #expect(Array(wide.pixels[0..<3]) == [255, 255, 255])
    #expect(Array(wide.pixels[(22 * 3)..<(22 * 3 + 3)]) == [7, 7, 7])
  }
}

extension [UInt8] {
  fileprivate func repeated(_ count: Int) -> [UInt8] { (0..<count).flatMap { _ in self } }
}
