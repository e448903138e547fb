/// What folders of a dataset are called that are neither splits nor classes.
enum FolderNames {
  /// Folders that hold all images of a split, as YOLO, Roboflow and VOC have them.
  private static let images: Set<String> = ["images", "image", "imgs", "img", "jpegimages"]
  /// Folders beside them that hold what is said of the images: texts, or masks that are pictures themselves.
  private static let annotations: Set<String> = [
    "labels", "label", "annotations", "annotation", "annos", "masks", "mask", "segmentations", "segmentation",
    "segmentationclass", "segmentationobject", "imagesets", "bboxes", "boxes", "gt", "groundtruth", "groundtruths",
  ]
  /// What is put before or behind the name of a split and says nothing: `train_images`, `testset`, `val2017`.
  private static let additions: Set<String> = images.union([
    "set", "data", "dataset", "split", "folder", "dir", "samples", "pictures", "photos",
  ])

  /// Whether a folder holds images and is no class.
  static func holdsImages(_ name: String) -> Bool { images.contains(plainName(name)) }

  /// Whether a folder that stands beside the images holds what is said of them.
  static func holdsAnnotations(_ name: String) -> Bool { annotations.contains(plainName(name)) }

  /// Whether a folder beside the splits holds what is said of one of them: `train_masks`.
  static func holdsAnnotationsOfSplit(_ name: String) -> Bool {
    let words = words(ofName: name)
    guard words.count > 1 else { return false }
    let rest = words.filter { !annotations.contains($0) }
    return rest.count < words.count && SplitRole(splitName: rest.joined(separator: "_")) != nil
  }

  /// The word that says what a split is for, without years and additions: `train` for `train2017`; `nil` where several
  /// words stay, or none.
  static func splitWord(of name: String) -> String? {
    let rest = words(ofName: name).map(withoutAdditions).filter { !$0.isEmpty }
    return rest.count == 1 ? rest[0] : nil
  }

  private static func withoutAdditions(_ word: String) -> String {
    var word = word
    let digits = word.utf8.suffix(4)
    if digits.count == 4, digits.allSatisfy({ (0x30...0x39).contains($0) }),
      ["19", "20"].contains(word.suffix(4).prefix(2))
    {
      word.removeLast(4)
    }
    let addition = additions.filter { word.hasSuffix($0) }.map(\.count).max()
    return String(word.dropLast(addition ?? 0))
  }
}
