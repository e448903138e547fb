import Foundation
import SplitSealManifest
import SplitSealTestSupport
import Testing

/// A folder that becomes a link while the dataset is being read.
@Suite struct SwappedFolderTests {
  @Test(arguments: [true, false]) func `nothing outside is read by a reader that was there before`(
    allowsLinks: Bool
  ) throws {
    let folder = try TemporaryFolder()
    for name in ["1.jpg", "2.jpg"] {
      try folder.write("outside/\(name)", "secret")
      try folder.write("data/sub/\(name)", "inside")
    }
    var reader = DatasetReader(try DatasetDirectory(folder("data"), allowsLinks: allowsLinks))
    var buffer: [UInt8] = []
    try reader.read("sub/1.jpg", into: &buffer, maximumByteCount: 100)
    #expect(String(decoding: buffer, as: UTF8.self) == "inside")
    try FileManager.default.moveItem(atPath: folder("data/sub"), toPath: folder("data/before"))
    try folder.link("data/sub", to: "../outside")
    for name in ["2.jpg", "1.jpg"] {
      // Either the folder that was opened is still read, or the link is refused.
      do throws(DatasetFileFault) {
        try reader.read("sub/\(name)", into: &buffer, maximumByteCount: 100)
        #expect(String(decoding: buffer, as: UTF8.self) == "inside")
      } catch {
        #expect(error == .link || error == .leavesRoot(target: folder("outside")))
      }
    }
  }
}
