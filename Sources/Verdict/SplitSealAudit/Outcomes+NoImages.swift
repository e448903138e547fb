package import SplitSealFingerprint
internal import SplitSealImage

extension [FingerprintOutcome] {
  /// The same where empty files and files of no image format have no content to be compared.
  ///
  /// Two pages that say 404 are equal byte by byte, and no picture is in two splits.
  package var withoutContentOfNoImages: [FingerprintOutcome] {
    map { outcome in
      guard let fault = outcome.fault, fault == .empty || fault == .notAnImage else { return outcome }
      return .unreadable(fault, nil)
    }
  }
}
