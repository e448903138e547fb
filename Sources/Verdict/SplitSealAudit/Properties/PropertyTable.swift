internal import SplitSealBase
internal import SplitSealFingerprint
internal import SplitSealImage
internal import SplitSealManifest

/// One property of every sample.
struct PropertyColumn {
  /// Which one.
  let property: ImageProperty
  /// A number a sample in manifest order; not a number where the image has none.
  ///
  /// Of a category its index in ``categories``.
  let values: [Float]
  /// Names of the categories; `nil` for a number.
  let categories: [String]?
}

/// The properties of a dataset that are not the same for all of its images.
///
/// What has 20 values or fewer is a category, whatever it is: there are no quantiles to compare of two image sizes.
struct PropertyTable {
  /// Most distinct numbers that are taken as categories.
  static let mostNumbersOfCategory = 20

  /// The properties that vary, in the order of ``ImageProperty``.
  let columns: [PropertyColumn]

  /// Lays the properties of all readable images out by column.
  ///
  /// - Complexity: O(*n*) for *n* samples, and O(*n* log *n*) for numbers.
  init(_ input: AuditInput) {
    let count = input.outcomes.count
    var sizes = CategoryBuilder(count), formats = CategoryBuilder(count), tables = CategoryBuilder(count)
    var subsamplings = CategoryBuilder(count), codings = CategoryBuilder(count), cameras = CategoryBuilder(count)
    var numbers: [ImageProperty: [Float]] = [:]
    let measured: [ImageProperty] = [
      .size, .aspect, .brightness, .contrast, .sharpness, .colourfulness, .jpegQuality,
    ]
    for property in measured { numbers[property] = Array(repeating: .nan, count: count) }
    for (index, outcome) in input.outcomes.enumerated() {
      guard let fingerprint = outcome.fingerprint else { continue }
      let properties = fingerprint.properties
      let (width, height) = (fingerprint.width, fingerprint.height)
      sizes.add(.pair(width, height), index) { "\(width) x \(height)" }
      formats.add(.text(fingerprint.format.rawValue), index) { fingerprint.format.rawValue }
      cameras.add(properties.camera.map { .camera($0) } ?? .none, index) {
        properties.camera?.description ?? "no camera"
      }
      numbers[.size]?[index] = Float(Double(width) * Double(height) / 1e6)
      numbers[.aspect]?[index] = Float(Double(width) / Double(max(1, height)))
      numbers[.brightness]?[index] = Float(properties.brightness)
      numbers[.contrast]?[index] = Float(properties.contrast)
      numbers[.sharpness]?[index] = Float(properties.sharpness)
      numbers[.colourfulness]?[index] = Float(properties.colourfulness)
      guard let jpeg = properties.jpeg else { continue }
      numbers[.jpegQuality]?[index] = Float(jpeg.quality)
      tables.add(.pair(Int(jpeg.tablesDigest), 0), index) { "tables \(jpeg.tablesName)" }
      subsamplings.add(.text(jpeg.subsampling.rawValue), index) { jpeg.subsampling.rawValue }
      let coding = jpeg.isProgressive ? "progressive" : "baseline"
      codings.add(.text(coding), index) { coding }
    }
    let categories: [ImageProperty: CategoryBuilder] = [
      .format: formats, .jpegTables: tables, .subsampling: subsamplings, .progressive: codings, .camera: cameras,
    ]
    let hasFewSizes = sizes.names.count <= Self.mostNumbersOfCategory
    columns = ImageProperty.allCases.compactMap { property in
      if property == .size, hasFewSizes { return sizes.column(property) }
      // With few sizes the aspect says nothing beside them.
      if property == .aspect, hasFewSizes { return nil }
      if let builder = categories[property] { return builder.column(property) }
      return Self.column(property, numbers[property] ?? [])
    }
  }

  /// A column of numbers, or of categories where they are few; `nil` where they are all the same.
  private static func column(_ property: ImageProperty, _ values: [Float]) -> PropertyColumn? {
    var distinct: Set<Float> = []
    for value in values where !value.isNaN {
      distinct.insert(value)
      if distinct.count > mostNumbersOfCategory {
        return PropertyColumn(property: property, values: values, categories: nil)
      }
    }
    guard distinct.count > 1 else { return nil }
    let sorted = distinct.sorted()
    let names = sorted.map { fixed(Double($0), digits: $0 == $0.rounded() ? 0 : property.digits) + property.unit }
    let codes = values.map { value in sorted.firstIndex(of: value).map { Float($0) } ?? .nan }
    return PropertyColumn(property: property, values: codes, categories: names)
  }
}

/// Numbers the categories of a column in the order in which they appear.
private struct CategoryBuilder {
  enum Key: Hashable {
    case none
    case pair(Int, Int)
    case text(String)
    case camera(Camera)
  }

  private(set) var names: [String] = []
  private var codes: [Key: Int] = [:]
  private var values: [Float]
  /// Most neighbours are of one category.
  private var last: (key: Key, code: Int)?

  init(_ count: Int) { values = Array(repeating: .nan, count: count) }

  mutating func add(_ key: Key, _ index: Int, name: () -> String) {
    if let last, last.key == key {
      values[index] = Float(last.code)
      return
    }
    let code = codes[key] ?? names.count
    if code == names.count {
      codes[key] = code
      names.append(name())
    }
    last = (key, code)
    values[index] = Float(code)
  }

  func column(_ property: ImageProperty) -> PropertyColumn? {
    names.count > 1 ? PropertyColumn(property: property, values: values, categories: names) : nil
  }
}
