import SplitSealBase
internal import SplitSealFingerprint
internal import SplitSealImage
internal import SplitSealManifest

/// One sample as a test writes it.
struct Row {
  /// What a readable sample shows.
  struct Picture: Hashable {
    /// Samples of one name are edits of one picture.
    let name: String
    /// PDQ bits in which the edit differs from the picture.
    var distance = 0
    /// How the edit lies.
    var orientation = Orientation.identity
    /// Which hashes are that close.
    var sampling = PDQSampling.standard
    /// How probably the edit and the picture are aligned, 0...1; 1 is the picture itself.
    var probability = 1.0
    /// Which part of the earlier of two samples shows part of the later one.
    var firstView = DescriptorView.whole
    /// Which part of the later sample that is.
    var secondView = DescriptorView.whole
    /// Whether descriptors alone tell that it is an edit.
    var isUnchecked = false
    /// Same pixels, other bytes.
    var isReencoded = false

    /// Whether two samples decode to the same pixels.
    func hasPixels(of other: Picture) -> Bool {
      pixels == other.pixels
    }

    /// The picture and how it was edited.
    var pixels: String {
      let text = "\(name)~\(distance):\(orientation.name)"
      return probability == 1 ? text : text + "@\(probability):\(firstView.name):\(secondView.name)"
    }
  }

  let split: String
  let label: String?
  let line: Int
  /// What it shows; the fault of an image that cannot be read.
  let content: Result<Picture, ImageFault>
  var path: String?
  var group: String?
  var quality = 100
  var look = Look.plain
  var date: (value: Int64, unit: SampleTimes.Unit)?
  /// How large it is and how it was written.
  var format = ImageFormat.png
  var size = (width: 640, height: 480)
  var properties = ImageProperties()

  /// The samples of one line: one, or as many as the line says.
  static func rows(line: Substring, number: Int) -> [Row] {
    let words = line.split(separator: " ")
    guard words.count >= 2 else {
      precondition(words.isEmpty, "line \(number): expected SPLIT[/LABEL] PICTURE")
      return []
    }
    let place = words[0].split(separator: "/", maxSplits: 1)
    let contents = contents(of: words[1], number: number)
    var shared = RowProperties()
    var look = Look.plain
    return contents.enumerated().map { index, content in
      var row = Row(
        split: String(place[0]), label: place.count == 2 ? String(place[1]) : nil, line: number, content: content)
      for option in words.dropFirst(2) {
        let parts = option.split(separator: "=", maxSplits: 1)
        switch parts[0] {
        case "path": row.path = parts.last.map(String.init)
        case "group": row.group = parts.last.map(String.init)
        case "plain": row.quality = 10
        case "look":
          guard let parsed = Look(parts.last ?? "") else {
            preconditionFailure("line \(number): unknown look \(option)")
          }
          look = parsed
        case "date": row.date = parts.last.flatMap { TimeText.parsed(Array($0.utf8)[...]) }
        default:
          guard parts.count == 2, shared.take(parts[0], parts[1]) else {
            preconditionFailure("line \(number): unknown option \(option)")
          }
        }
      }
      row.format = shared.format
      row.size = (shared.width, shared.height)
      row.properties = shared.properties(of: index, count: contents.count)
      row.look = look.of(index, count: contents.count)
      if row.path?.contains("%") == true { row.path = row.path.map { path($0, number: index) } }
      return row
    }
  }

  /// A path with the number of the sample in the place of `%`, or, in `%3`, that number plus 3.
  private static func path(_ pattern: String, number: Int) -> String {
    let parts = pattern.split(separator: "%", maxSplits: 1, omittingEmptySubsequences: false)
    let offset = parts[1].prefix { $0.isNumber }
    return "\(parts[0])\(number + (Int(offset) ?? 0))\(parts[1].dropFirst(offset.count))"
  }

  private static func contents(of word: Substring, number: Int) -> [Result<Picture, ImageFault>] {
    if word.hasPrefix("*"), let count = Int(word.dropFirst()) {
      return (0..<count).map { .success(Picture(name: "\(number):\($0)")) }
    }
    if word.hasPrefix("!") { return [.failure(fault(String(word.dropFirst()), number: number))] }
    let isReencoded = word.hasSuffix("'")
    if word.contains("@") { return [.success(aligned(word, number: number))] }
    let parts = (isReencoded ? word.dropLast() : word).split(separator: "~")
    var picture = Picture(name: String(parts[0]), isReencoded: isReencoded)
    if parts.count == 2 {
      let edit = parts[1].split(separator: ":")
      let orientation = edit.count >= 2 ? Orientation.allCases.first { $0.name == edit[1] } : .identity
      guard let distance = Int(edit[0]), let orientation else {
        preconditionFailure("line \(number): unknown edit \(word)")
      }
      picture.distance = distance
      picture.orientation = orientation
      picture.sampling = edit.count == 3 && edit[2] == "centred" ? .centred : .standard
    }
    return [.success(picture)]
  }

  /// `a@0.93`, `a@0.93:mirror`, `a@0.93:identity:left-half:whole`, and `?` behind it for what descriptors alone tell.
  private static func aligned(_ word: Substring, number: Int) -> Picture {
    let isUnchecked = word.hasSuffix("?")
    let parts = (isUnchecked ? word.dropLast() : word).split(separator: "@")
    let edit = parts[1].split(separator: ":")
    let orientation = edit.count >= 2 ? Orientation.allCases.first { $0.name == edit[1] } : .identity
    let views = edit.dropFirst(2).compactMap { name in DescriptorView.allCases.first { $0.name == name } }
    guard let probability = Double(edit[0]), let orientation, views.count == max(0, edit.count - 2) else {
      preconditionFailure("line \(number): unknown edit \(word)")
    }
    return Picture(
      name: String(parts[0]), orientation: orientation, probability: probability, firstView: views.first ?? .whole,
      secondView: views.last ?? .whole, isUnchecked: isUnchecked)
  }

  private static func fault(_ kind: String, number: Int) -> ImageFault {
    let faults: [ImageFault] = [
      .missing, .notAFile, .unreadable(reason: "permission denied"), .empty, .notAnImage,
      .unsupported(.webp, detail: nil), .truncated(reason: "the file ends early"), .corrupt(reason: "bad CRC"),
      .tooManyPixels(width: 65_500, height: 65_500, limit: 1_000_000), .tooManyBytes(count: 2_000, limit: 1_000),
    ]
    guard let fault = faults.first(where: { $0.kind == kind }) else {
      preconditionFailure("line \(number): unknown fault \(kind)")
    }
    return fault
  }
}

extension Row {
  /// Whether its image can be decoded.
  var isReadable: Bool { (try? content.get()) != nil }

  /// What fingerprinting would have made of it: digests and hashes that are equal where the pictures are.
  func outcome(number: Int, path: String) -> FingerprintOutcome {
    switch content {
    case .failure(.missing), .failure(.notAFile), .failure(.unreadable): .unreadable(fault, nil)
    case .failure: .unreadable(fault, contentDigest(of: "\(path)#\(number)"))
    case .success(let picture): .readable(fingerprint(of: picture))
    }
  }

  private var fault: ImageFault {
    guard case .failure(let fault) = content else { return .missing }
    return fault
  }

  private func fingerprint(of picture: Picture) -> Fingerprint {
    let pixels = picture.pixels
    var random = SplitMix64(seed: seed(of: picture.name))
    let hash = PDQHash(words: SIMD4(random.next(), random.next(), random.next(), random.next()))
    var edited = hash
    for bit in 0..<picture.distance { edited.words[bit / 64] ^= 1 << UInt64(bit % 64) }
    let other = PDQHash(words: ~hash.words)
    let orientations = PDQOrientations(identity: edited, mirror: other, turn180: other, flip: other)
    return Fingerprint(
      content: contentDigest(of: pixels + (picture.isReencoded ? "'" : "")), pixels: digest128(of: pixels),
      format: format, width: size.width, height: size.height, properties: properties,
      pdq: PDQHashSet(standard: orientations, centred: orientations, quality: quality), descriptors: look.descriptors)
  }

  private func contentDigest(of text: String) -> ContentDigest {
    var random = SplitMix64(seed: seed(of: text))
    let bytes = (0..<32).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    return ContentDigest(sha256: Digest256(bytes), xxh3: digest128(of: text), byteCount: 1_000 + text.utf8.count)
  }

  private func digest128(of text: String) -> Digest128 {
    var random = SplitMix64(seed: ~seed(of: text))
    return Digest128(high: random.next(), low: random.next())
  }

  /// FNV-1a of the text: the same in every run, unlike `Hasher`.
  private func seed(of text: String) -> UInt64 {
    text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }
}
