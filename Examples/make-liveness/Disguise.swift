/// What was done to a training image before it was put into the test split.
enum Disguise: String, CaseIterable {
  case sameBytes = "same bytes"
  case samePixels = "same pixels, PNG written anew"
  case reencoded = "JPEG of quality 40"
  case halfSize = "half size"
  case mirrored = "mirrored"
  case brightened = "brightened"
  case darkened = "darkened"
  case smallCrop = "2 % cropped"
  case turned = "turned by 90 degrees"
  case exifTurned = "stored turned, with an EXIF orientation"
  case grey = "grey"
  case greyMirrored = "grey and mirrored"
  case heavyCrop = "40 % cropped"
  case framed = "white frame"

  /// The rule that is to find it.
  var rule: String {
    switch self {
    case .sameBytes, .samePixels: "exact-duplicate"
    default: "near-duplicate"
    }
  }

  /// The file to write in place of `original`.
  func applied(to original: ImageFile) -> ImageFile {
    let picture = original.picture
    switch self {
    case .sameBytes: return original
    case .samePixels: return ImageFile(picture: picture, encoding: .png(interlaced: true))
    case .reencoded: return ImageFile(picture: picture, encoding: .jpeg(quality: 40))
    case .exifTurned: return ImageFile(picture: picture.turnedLeft, encoding: .jpeg(quality: 90, orientation: 6))
    default: return ImageFile(picture: changed(picture), encoding: .jpeg(quality: 88))
    }
  }

  private func changed(_ picture: Bitmap) -> Bitmap {
    switch self {
    case .sameBytes, .samePixels, .reencoded, .exifTurned: picture
    case .halfSize: picture.halved
    case .mirrored: picture.mirrored
    case .brightened: picture.mapped { $0 * 115 / 100 + 12 }
    case .darkened: picture.mapped { $0 * 70 / 100 }
    case .smallCrop: cropped(picture, percent: 2)
    case .turned: picture.turnedRight
    case .grey: picture.grey
    case .greyMirrored: picture.grey.mirrored
    case .heavyCrop: cropped(picture, percent: 40)
    case .framed: picture.framed(by: min(picture.width, picture.height) / 8)
    }
  }

  /// Cuts a share of the width and of the height away, a third of it on the left and at the top.
  private func cropped(_ picture: Bitmap, percent: Int) -> Bitmap {
    let (across, down) = (picture.width * percent / 100, picture.height * percent / 100)
    return picture.cropped(left: across / 3, top: down / 3, right: across - across / 3, bottom: down - down / 3)
  }
}
