public import SplitSealRules
public import SplitSealBase

/// What a certificate claims, read from its payload.
///
/// Whether the claims hold is for ``CertificateVerifier`` to say.
public struct CertificateClaims: Hashable, Sendable {
  /// What is claimed about one split.
  public struct Split: Hashable, Sendable {
    /// Its name.
    public let name: String
    /// Its role: `training`, `validation`, `test`, `other`.
    public let role: String
    /// Its records.
    public let count: Int
    /// Bytes of its files.
    public let byteCount: Int
    /// Its distinct groups; 0 when the claim is absent.
    public let groupCount: Int
    /// Its classes.
    public let classes: Classes
    /// How much of it was read, compared and told; `nil` where the claim is absent, as in statements of schema 1.0.
    public let coverage: Coverage?
    /// Root of the tree over its record lines.
    public let recordRoot: Digest256
    /// Root of the tree over its sorted content digests.
    public let contentRoot: Digest256
  }

  /// How many images were read, compared and told.
  public struct Coverage: Hashable, Sendable {
    /// Images that were decoded.
    public let checkedCount: Int
    /// Those that show enough to be compared with others; equal bytes and pixels are found among all that were decoded.
    public let comparedCount: Int
    /// Those with a pair that the detector cannot tell, and no reported one.
    public let doubtfulCount: Int
  }

  /// How alike different pictures of the dataset are.
  public struct Alikeness: Hashable, Sendable {
    /// Share of random pairs of different pictures that look as alike as copies do, as text: `0.8700`.
    public let share: String
    /// Whether the pictures are alike by design, so that a match is worth less.
    public let isByDesign: Bool
  }

  /// A histogram of labels.
  public enum Classes: Hashable, Sendable {
    /// Every class with its count; empty when no record has a label.
    case listed([RecordSummary.ClassCount])
    /// More than 200 classes: how many, the least and the greatest count, and the digest of the list.
    case summarized(count: Int, minimum: Int, maximum: Int, digest: Digest256)
  }

  /// What is claimed about a pair of splits.
  public struct Overlap: Hashable, Sendable {
    /// The split whose name comes first.
    public let first: String
    /// The other split.
    public let second: String
    /// Pairs of equal files.
    public let exactBytes: Int
    /// Pairs of equal pixels under different bytes.
    public let exactPixels: Int
    /// Pairs of near-duplicates.
    public let nearDuplicate: Int
    /// Groups in both; `nil` when the claim is absent.
    public let sharedGroups: Int?
  }

  /// How often one rule fired at one severity.
  public struct RuleCount: Hashable, Sendable {
    /// The rule.
    public let rule: String
    /// The severity.
    public let severity: Severity
    /// Its findings.
    public let count: Int
    /// Those of them that were waived.
    public let waivedCount: Int
  }

  /// A finding that the signer accepts.
  public struct Waiver: Hashable, Sendable {
    /// The finding's identity; `nil` when the claim is absent.
    public let finding: Digest256?
    /// Its rule.
    public let rule: String
    /// Why it is accepted; `nil` when the claim is absent.
    public let reason: String?
    /// Who accepted it.
    public let by: String?
    /// The last day on which the waiver counts.
    public let until: String?
  }

  /// Pairs that people looked at.
  public struct Decisions: Hashable, Sendable {
    /// What they said of some pairs.
    public struct Counts: Hashable, Sendable {
      /// Pairs that show one picture.
      public let same: Int
      /// Pairs that show two.
      public let different: Int
      /// Pairs that do not tell.
      public let unsure: Int
    }

    /// Of pairs that the detector reports.
    public let reported: Counts
    /// Of pairs that it does not.
    public let belowThreshold: Counts
    /// Findings that are waived because they show two pictures.
    public let waivedCount: Int
    /// Decisions about images that were gone or had changed.
    public let staleCount: Int
  }

  /// The files that the statement is about.
  public let subjects: [NamedDigest]
  /// When the signer says the certificate was made, `2026-11-23T08:00:00Z`.
  public let createdAt: String
  /// The dataset's name.
  public let datasetName: String
  /// The dataset's version.
  public let datasetVersion: String?
  /// The manifests that were read.
  public let inputs: [NamedDigest]
  /// Whether the records are published.
  public let mode: CommitmentMode
  /// The file of records.
  public let records: NamedDigest
  /// Its images.
  public let imageCount: Int
  /// Bytes of all images.
  public let byteCount: Int
  /// Files and hidden folders that were passed over by their names; `nil` when the claim is absent.
  public let ignoredFileCount: Int?
  /// Members that at least one record has.
  public let fields: [String]
  /// The splits.
  public let splits: [Split]
  /// The pairs of splits.
  public let overlaps: [Overlap]
  /// Samples that the manifests list.
  public let listedCount: Int
  /// Samples whose image was decoded.
  public let checkedCount: Int
  /// Samples that were compared, and samples in doubt, of all splits; `nil` where the claim is absent.
  public let coverage: Coverage?
  /// How alike different pictures are; `nil` where the claim is absent.
  public let alikeness: Alikeness?
  /// Samples whose image was not.
  public let unreadableCount: Int
  /// Findings by severity: note, warning, error.
  public let noteCount: Int, warningCount: Int, errorCount: Int
  /// Findings by rule.
  public let ruleCounts: [RuleCount]
  /// The findings that the signer accepts, with the reasons.
  public let waivers: [Waiver]
  /// What people said of pairs; `nil` when the claim is absent.
  public let decisions: Decisions?
  /// What the signer's detector found of edited copies; empty when the claim is absent.
  public let power: [EditRecall]
  /// What the dataset has in common with published packs; empty when the claim is absent.
  public let references: [Reference]
  /// The report beside the certificate.
  public let report: NamedDigest?
  /// What the audit went by.
  public let terms: Terms
  /// The certificate whose place this one takes; `nil` when it says nothing of the kind.
  public let supersedes: Digest256?
  /// The ways to members that this version does not know: ignored, and told to whoever asks.
  public let unknownMembers: [String]
  /// The least severity that fails.
  public let failOn: Severity
  /// The verdict.
  public let verdict: Verdict
  /// The verdict as it were without waivers; `nil` when the claim is absent.
  public let verdictWithoutWaivers: Verdict?
  /// Name and version of the program that made the certificate.
  public let tool: String
}
