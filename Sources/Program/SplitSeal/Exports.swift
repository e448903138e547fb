// 'import SplitSeal' alone is enough: these modules are the vocabulary of an audit and of a certificate.
@_exported public import SplitSealAudit
@_exported public import SplitSealBase
@_exported public import SplitSealCertificate
@_exported public import SplitSealCertifying
@_exported public import SplitSealFingerprint
@_exported public import SplitSealImage
@_exported public import SplitSealKeys
@_exported public import SplitSealManifest
@_exported public import SplitSealMatch
@_exported public import SplitSealPolicy
@_exported public import SplitSealProbe
@_exported public import SplitSealRepair
@_exported public import SplitSealReport
@_exported public import SplitSealRules
@_exported public import SplitSealShard
