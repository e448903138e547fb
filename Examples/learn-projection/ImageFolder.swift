internal import CVision
internal import SplitSealImage

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// The images below a folder that can be decoded, by the ends of their names.
struct ImageFolder {
  private let folder: URL
  /// Relative to the folder, in order of their UTF-8 bytes.
  let paths: [String]

  /// Images that one task decodes.
  private static let batchSize = 500
  private static let suffixes = ImageDecoder.fileExtensions.map { ".\($0)" }

  init(_ folder: URL) throws {
    self.folder = folder
    paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
      .filter { path in Self.suffixes.contains { path.lowercased().hasSuffix($0) } }
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// The gradient histograms of the whole pictures, in order of the paths, of 128 numbers each.
  ///
  /// - Throws: ``UnusableImage`` where a file is no image that can be decoded.
  func histograms() async throws -> [Float] {
    try await withThrowingTaskGroup(of: (Int, [Float]).self) { group in
      for start in stride(from: 0, to: paths.count, by: Self.batchSize) {
        let batch = paths[start..<min(start + Self.batchSize, paths.count)]
        group.addTask { (start, try batch.flatMap { try histogram(of: $0) }) }
      }
      var histograms = [Float](repeating: 0, count: paths.count * Int(SS_VISION_GRADIENT_COUNT))
      for try await (start, batch) in group {
        let first = start * Int(SS_VISION_GRADIENT_COUNT)
        histograms.replaceSubrange(first..<first + batch.count, with: batch)
      }
      return histograms
    }
  }

  private func histogram(of path: String) throws -> [Float] {
    let bytes = [UInt8](try Data(contentsOf: folder.appending(path: path)))
    let plane: LumaPlane
    do throws(ImageFault) {
      plane = LumaPlane(try ImageDecoder.decode(bytes))
    } catch {
      throw UnusableImage(path: path, fault: error)
    }
    var frame = [Int](repeating: 0, count: 4)
    var canonical = [Float](repeating: 0, count: Int(SS_VISION_CANONICAL_SIDE * SS_VISION_CANONICAL_SIDE))
    var view = [Float](repeating: 0, count: Int(SS_VISION_VIEW_SIDE * SS_VISION_VIEW_SIDE))
    var histogram = [Float](repeating: 0, count: Int(SS_VISION_GRADIENT_COUNT))
    let side = Int(SS_VISION_CANONICAL_SIDE)
    unsafe ss_vision_trim_borders(plane.samples, plane.width, plane.height, &frame)
    unsafe ss_vision_scale(
      plane.samples, plane.width, frame[0], frame[1], frame[2], frame[3], Int(SS_VISION_CANONICAL_SIDE), &canonical)
    unsafe ss_vision_cut_view(canonical, 0, 0, side, side, &view)
    unsafe ss_vision_gradient_histogram(view, &histogram)
    return histogram
  }
}

/// An image that cannot be decoded.
struct UnusableImage: Error, CustomStringConvertible {
  let path: String
  let fault: ImageFault

  var description: String { "'\(path)' cannot be used: \(fault)" }
}
