import CVision
import SplitSealImage
import Testing

@testable import SplitSealFingerprint

@Suite struct GradientDescriptorTests {
  @Test(arguments: GradientDescriptorFixture.all)
  func `histograms are the reference's`(fixture: GradientDescriptorFixture) {
    let histogram = histogram(of: fixture.view)
    #expect(histogram.count == fixture.histogram.count)
    for (value, expected) in zip(histogram.map(Double.init), fixture.histogram) {
      // The angle is a polynomial's, off by 2e-6 at most: that is what shares of the histogram are off by, and the roots
      // of small shares by more.
      #expect(abs(value * value - expected * expected) < 2e-6)
      #expect(abs(value - expected) < 1e-5 || expected < 0.1)
    }
  }

  @Test(arguments: GradientDescriptorFixture.all)
  func `descriptors are the reference's histograms in the table's projection`(fixture: GradientDescriptorFixture) {
    let descriptor = descriptor(of: fixture.view)
    #expect(descriptor.count == fixture.descriptor.count)
    for (value, expected) in zip(descriptor, fixture.descriptor) { #expect(abs(Int(value) - expected) <= 1) }
  }

  @Test(arguments: GradientDescriptorFixture.all, Orientation.allCases)
  func `the descriptor of a moved view is the descriptor, moved`(
    fixture: GradientDescriptorFixture, orientation: Orientation
  ) {
    let before = descriptor(of: fixture.view)
    let after = descriptor(of: LumaPlane(width: 32, height: 32, samples: fixture.view).moved(orientation).samples)
    var predicted = [Int8](repeating: 0, count: before.count)
    unsafe ss_vision_orient(before, Int32(orientation.rawValue), &predicted)
    for (value, expected) in zip(after, predicted) { #expect(abs(Int(value) - Int(expected)) <= 1) }
  }

  @Test(arguments: [(120, 90), (32, 32), (45, 200)], Orientation.allCases)
  func `so is that of a moved picture, whatever its sides`(size: (Int, Int), orientation: Orientation) {
    let plane = smooth(width: size.0, height: size.1)
    var extractor = DescriptorExtractor()
    let before = extractor.descriptors(of: plane)
    let after = extractor.descriptors(of: plane.moved(orientation))
    var predicted: [Int8] = []
    before.append(.whole, oriented: orientation, to: &predicted)
    #expect(!before.isPlain && predicted.count == GradientDescriptors.length)
    for (value, expected) in zip(after.values, predicted) { #expect(abs(Int(value) - Int(expected)) <= 1) }
  }

  @Test func `different pictures have different descriptors`() {
    // Cosines of 0.6 and more are rare between pictures that are not related.
    let descriptors = GradientDescriptorFixture.all.map { descriptor(of: $0.view) }
    for (index, a) in descriptors.enumerated() {
      for b in descriptors.dropFirst(index + 1) {
        let product = zip(a, b).reduce(0) { $0 + Int($1.0) * Int($1.1) }
        #expect(product < 254 * 254 * 6 / 10)
      }
    }
  }

  private func histogram(of view: [Float]) -> [Float] {
    var histogram = [Float](repeating: 0, count: Int(SS_VISION_GRADIENT_COUNT))
    unsafe ss_vision_gradient_histogram(view, &histogram)
    return histogram
  }

  private func descriptor(of view: [Float]) -> [Int8] {
    var descriptor = [Int8](repeating: 0, count: Int(SS_VISION_DESCRIPTOR_COUNT))
    unsafe ss_vision_project(histogram(of: view), &descriptor)
    return descriptor
  }
}

extension GradientDescriptorFixture: CustomTestStringConvertible {
  var testDescription: String { name }

  /// 32 rows of 32 samples.
  fileprivate var view: [Float] { (0..<32 * 32).map { Float(luma($0 % 32, $0 / 32)) } }
}
