public import SplitSealBase

/// A file by its name and digest.
public struct NamedDigest: Hashable, Sendable {
  /// The file's name, without a path that would tell where it lay.
  public let name: String
  /// Its media type; `nil` to leave it out.
  public let mediaType: String?
  /// SHA-256 of its bytes.
  public let sha256: Digest256

  /// Names a digest.
  public init(name: String, mediaType: String? = nil, sha256: Digest256) {
    self.name = name
    self.mediaType = mediaType
    self.sha256 = sha256
  }
}

/// A detector that the audit ran.
public struct Detector: Hashable, Sendable {
  /// Its name, kebab-case, stable.
  public let id: String
  /// Its version: another version may find something else.
  public let version: String
  /// The score from which on it reports, as a decimal text; `nil` when it has none.
  public let threshold: String?
  /// How it is set up, as texts by name; empty when there is nothing to say.
  public let parameters: [String: String]

  /// Describes a detector.
  public init(id: String, version: String, threshold: String? = nil, parameters: [String: String] = [:]) {
    self.id = id
    self.version = version
    self.threshold = threshold
    self.parameters = parameters
  }
}

/// Where the audit ran: nothing in it tells machines or people apart.
public struct CertificateEnvironment: Hashable, Sendable {
  /// The operating system: `linux`, `macos`.
  public let operatingSystem: String
  /// The processor architecture: `x86_64`, `arm64`.
  public let architecture: String
  /// Name and version of what decoded the images.
  public let imageDecoder: String

  /// Describes an environment.
  public init(operatingSystem: String, architecture: String, imageDecoder: String) {
    self.operatingSystem = operatingSystem
    self.architecture = architecture
    self.imageDecoder = imageDecoder
  }

  /// The environment this program was built for.
  public static func current(imageDecoder: String) -> CertificateEnvironment {
    #if os(macOS)
      let operatingSystem = "macos"
    #elseif os(Linux)
      let operatingSystem = "linux"
    #else
      let operatingSystem = "other"
    #endif
    #if arch(x86_64)
      let architecture = "x86_64"
    #elseif arch(arm64)
      let architecture = "arm64"
    #else
      let architecture = "other"
    #endif
    return CertificateEnvironment(
      operatingSystem: operatingSystem, architecture: architecture, imageDecoder: imageDecoder)
  }
}

/// What a certificate states and the audit does not know.
public struct CertificateOptions: Sendable {
  /// The dataset's name.
  public var datasetName: String
  /// The dataset's version.
  public var datasetVersion: String?
  /// Where the dataset is found.
  public var datasetURI: String?
  /// The dataset's licence, as an SPDX identifier.
  public var license: String?
  /// When the certificate was made, in seconds since 1970-01-01T00:00:00Z, up to the year 9999.
  public var createdAt: Int
  /// The certificate whose place this one takes; `nil` when there is none.
  public var supersedes: Digest256?
  /// The version of this program.
  public var toolVersion: String
  /// Where the audit ran.
  public var environment: CertificateEnvironment
  /// The detectors that ran, in their order.
  public var detectors: [Detector]
  /// The full report beside the certificate.
  public var report: NamedDigest?
  /// The root digest of the model signature over the dataset's folder, under the name that the signature gives it.
  public var modelSignature: NamedDigest?
  /// The configuration file of the run.
  public var configuration: NamedDigest?
  /// The policy's name.
  public var policyID = "splitseal:default"
  /// The policy's version.
  public var policyVersion = "1"
  /// SHA-256 over the policy as the caller writes it down.
  public var policyDigest: Digest256
  /// How the records are hidden; `nil` where they are published.
  public var salting: RecordSalting?
  /// Whether a certificate that hides its records names no classes at all.
  public var hidesClasses = false

  /// Options with what every certificate has.
  public init(
    datasetName: String, createdAt: Int, toolVersion: String, environment: CertificateEnvironment,
    detectors: [Detector], policyDigest: Digest256
  ) {
    self.datasetName = datasetName
    self.createdAt = createdAt
    self.toolVersion = toolVersion
    self.environment = environment
    self.detectors = detectors
    self.policyDigest = policyDigest
  }
}
