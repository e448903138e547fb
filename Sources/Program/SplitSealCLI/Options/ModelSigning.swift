internal import SplitSealCertifying
internal import SplitSealCertificate
internal import SplitSealManifest

/// The signature over every file, which `certify --oms` and `export oms` write.
enum ModelSigning {
  /// Reads every file of a folder, and warns when the signature will be large.
  static func digest(of root: String, leavingOut outputs: [String]) throws -> FolderDigest {
    let folder = try FolderDigest(of: root, leavingOut: outputs)
    if folder.fileCount >= ModelSignature.manyFileCount {
      let megabytes = ModelSignature.approximateByteCount(fileCount: folder.fileCount) / 1_000_000
      Console.note(
        "splitseal: warning: \(ModelSignature.fileName) lists all \(folder.fileCount) files and will be about"
          + " \(megabytes) MB; the certificate alone needs only a few KB")
    }
    return folder
  }

  /// The command that checks the signature against the files.
  static func verifyingCommand(root: String, signature: String, publicKey: String) -> [String] {
    ["model_signing", "verify", "key", root, "--signature", signature, "--public_key", publicKey]
  }
}
