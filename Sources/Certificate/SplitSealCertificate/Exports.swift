// 'import SplitSealCertificate' alone is enough for a verifier: keys and trust, digests, and the words of a verdict.
@_exported public import SplitSealBase
@_exported public import SplitSealKeys
@_exported public import SplitSealManifest
@_exported public import SplitSealRules
