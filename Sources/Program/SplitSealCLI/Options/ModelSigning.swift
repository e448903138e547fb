internal import SplitSealCertifying
internal import SplitSealCertificate
internal import SplitSealManifest

/// What `certify --oms` and `export oms` share.
enum ModelSigning {
  /// Reads every file of a folder, and warns when the signature will be large.
  static func digest(of root: String, leavingOut outputs: [String]) throws -> FolderDigest {
    let folder = try FolderDigest(of: root, leavingOut: outputs)
    if folder.fileCount >= ModelSignature.manyFileCount {
      let megabytes = ModelSignature.approximateByteCount(fileCount: folder.fileCount) / 1_000_000
      Console.note(
        "splitseal: warning: \(ModelSignature.fileName) lists each of \(folder.fileCount) files and has about "
          + "\(megabytes) MB; the certificate needs a few KB for them")
    }
    return folder
  }

  /// The command that holds the signature against the files.
  static func verifyingCommand(root: String, signature: String, publicKey: String) -> [String] {
    ["model_signing", "verify", "key", root, "--signature", signature, "--public_key", publicKey]
  }
}
