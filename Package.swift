// swift-tools-version: 6.2
import PackageDescription

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let nio = ["NIOCore", "NIOPosix", "NIOHTTP1"].map { Target.Dependency.product(name: $0, package: "swift-nio") }
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let grdbSQLite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let asn1 = Target.Dependency.product(name: "SwiftASN1", package: "swift-asn1")
let x509 = Target.Dependency.product(name: "X509", package: "swift-certificates")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

/// A target of Sources, in its group's folder.
func stage(_ group: String, _ name: String, needs dependencies: [Target.Dependency] = [], resources: [Resource] = [])
  -> Target
{
  .target(name: name, dependencies: dependencies, path: "Sources/\(group)/\(name)", resources: resources)
}

/// A target of tests, in the folder of the group that it tests.
func tests(_ group: String, _ name: String, of dependencies: [Target.Dependency], resources: [Resource] = []) -> Target
{
  .testTarget(name: name, dependencies: dependencies, path: "Tests/\(group)/\(name)", resources: resources)
}

/// The stages in the order data flows through them: each may import only those above it.
let stages: [Target] = [
  // What everybody uses: text, bytes, time, files, workers, errors.
  stage("Base", "SplitSealSystem"),
  stage("Base", "SplitSealBase", needs: ["SplitSealSystem", "CXXHash", crypto]),
  stage("Base", "SplitSealJSON"),

  // A dataset's files and tables become a manifest.
  stage("Dataset", "SplitSealPatterns", needs: ["SplitSealBase"]),
  stage(
    "Dataset", "SplitSealManifest",
    needs: ["SplitSealSystem", "SplitSealBase", "SplitSealJSON", "SplitSealPatterns", crypto]),

  // Bytes become pixels.
  stage("Pixels", "SplitSealImage", needs: ["SplitSealSystem", "SplitSealBase", "CImageCodecs", "CVision"]),

  // Pixels become fingerprints, and fingerprints pairs of copies.
  stage("Detector", "SplitSealFingerprint", needs: ["SplitSealSystem", "SplitSealBase", "SplitSealImage", "CVision"]),
  stage(
    "Detector", "SplitSealMatch",
    needs: ["SplitSealBase", "SplitSealImage", "SplitSealFingerprint", "CDotProduct", "CVision"]),
  stage(
    "Detector", "SplitSealProbe", needs: ["SplitSealBase", "SplitSealImage", "SplitSealFingerprint", "SplitSealMatch"]),

  // What is known of one dataset is kept, and joined from many machines.
  stage(
    "Scale", "SplitSealStore",
    needs: [
      "SplitSealSystem", "SplitSealBase", "SplitSealManifest", "SplitSealImage", "SplitSealFingerprint", grdb,
      grdbSQLite,
    ]),
  stage(
    "Scale", "SplitSealShard",
    needs: ["SplitSealSystem", "SplitSealBase", "SplitSealManifest", "SplitSealImage", "SplitSealFingerprint", crypto]),

  // Pairs, classes and properties become findings and a verdict.
  stage("Verdict", "SplitSealRules"),
  stage("Verdict", "SplitSealStatistics"),
  stage(
    "Verdict", "SplitSealPolicy",
    needs: [
      "SplitSealSystem", "SplitSealBase", "SplitSealJSON", "SplitSealPatterns", "SplitSealManifest", "SplitSealRules",
      yams,
    ]),
  stage(
    "Verdict", "SplitSealAudit",
    needs: [
      "SplitSealBase", "SplitSealJSON", "SplitSealManifest", "SplitSealImage", "SplitSealFingerprint", "SplitSealMatch",
      "SplitSealProbe", "SplitSealRules", "SplitSealStatistics", "SplitSealPolicy", crypto,
    ]),
  stage(
    "Verdict", "SplitSealRepair",
    needs: ["SplitSealBase", "SplitSealManifest", "SplitSealFingerprint", "SplitSealMatch", "SplitSealStatistics"]),

  // Keys, and certificates as a verifier reads them: neither codecs nor detector nor YAML.
  stage(
    "Certificate", "SplitSealKeys",
    needs: ["SplitSealSystem", "SplitSealBase", "SplitSealPatterns", crypto, cryptoExtras, asn1, x509]),
  stage(
    "Certificate", "SplitSealCertificate",
    needs: [
      "SplitSealSystem", "SplitSealBase", "SplitSealJSON", "SplitSealManifest", "SplitSealRules", "SplitSealStatistics",
      "SplitSealKeys",
      crypto, asn1,
    ]),
  // From an audit to a certificate.
  stage(
    "Certificate", "SplitSealCertifying",
    needs: [
      "SplitSealBase", "SplitSealJSON", "SplitSealManifest", "SplitSealFingerprint", "SplitSealMatch", "SplitSealProbe",
      "SplitSealRules", "SplitSealPolicy", "SplitSealAudit", "SplitSealKeys", "SplitSealCertificate", crypto,
    ]),

  // What was found is shown.
  stage(
    "Output", "SplitSealReport",
    needs: [
      "SplitSealBase", "SplitSealJSON", "SplitSealManifest", "SplitSealImage", "SplitSealFingerprint", "SplitSealMatch",
      "SplitSealProbe", "SplitSealRules", "SplitSealStatistics", "SplitSealPolicy", "SplitSealAudit", "SplitSealRepair",
      "SplitSealKeys", "SplitSealCertificate", crypto,
    ],
    resources: [.embedInCode("HTML/Assets/report.css"), .embedInCode("HTML/Assets/report.js")]),
  stage(
    "Output", "SplitSealReview",
    needs: [
      "SplitSealBase", "SplitSealJSON", "SplitSealManifest", "SplitSealImage", "SplitSealFingerprint", "SplitSealMatch",
      "SplitSealRules", "SplitSealStatistics", "SplitSealPolicy", "SplitSealAudit", "SplitSealReport", crypto,
    ] + nio,
    // They become part of the program: it stays one file.
    resources: [
      "review.html", "review.css", "review.js", "api.js", "controls.js", "pictures.js", "queue.js", "stage.js",
      "words.js", "review.svg",
    ].map { .embedInCode("Page/\($0)") }),
]
let stageDependencies = stages.map { Target.Dependency.target(name: $0.name) }

let package = Package(
  name: "splitseal",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "splitseal", targets: ["SplitSealCLI"]),
    .library(name: "SplitSeal", targets: ["SplitSeal"] + stages.map(\.name)),
    // For verifiers: neither codecs nor detector nor YAML.
    .library(name: "SplitSealCertificate", targets: ["SplitSealCertificate"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser.git", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-asn1.git", exact: "1.7.4"),
    .package(url: "https://github.com/apple/swift-certificates.git", exact: "1.21.1"),
    .package(url: "https://github.com/apple/swift-crypto.git", exact: "4.5.2"),
    .package(url: "https://github.com/apple/swift-nio.git", exact: "2.101.2"),
    .package(url: "https://github.com/groue/GRDB.swift.git", exact: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams.git", exact: "6.2.2"),
  ],
  targets: [
    .systemLibrary(
      name: "CXXHash", path: "Sources/Base/CXXHash", pkgConfig: "libxxhash",
      providers: [.apt(["libxxhash-dev"]), .brew(["xxhash"])]),
    .systemLibrary(
      name: "CLibJPEG", path: "Sources/Pixels/CLibJPEG", pkgConfig: "libjpeg",
      providers: [.apt(["libjpeg-dev"]), .brew(["jpeg-turbo"])]),
    .systemLibrary(
      name: "CLibPNG", path: "Sources/Pixels/CLibPNG", pkgConfig: "libpng",
      providers: [.apt(["libpng-dev"]), .brew(["libpng"])]),
    // The setjmp boundary around the codecs.
    .target(name: "CImageCodecs", dependencies: ["CLibJPEG", "CLibPNG"], path: "Sources/Pixels/CImageCodecs"),
    // The descriptor search, for which Swift has no instruction sets at run time.
    .target(name: "CDotProduct", path: "Sources/Detector/CDotProduct"),
    // The pixel work of the near-duplicate detector: scaling, gradients, alignment.
    .target(name: "CVision", path: "Sources/Detector/CVision"),
  ] + stages + [
    .target(name: "SplitSeal", dependencies: stageDependencies + [crypto], path: "Sources/Program/SplitSeal"),
    .executableTarget(
      name: "SplitSealCLI", dependencies: ["SplitSeal", argumentParser] + stageDependencies,
      path: "Sources/Program/SplitSealCLI"),
    .executableTarget(
      name: "audit-two-splits", dependencies: ["SplitSeal"], path: "Examples/audit-two-splits"),
    .executableTarget(
      name: "verify-certificate", dependencies: ["SplitSealCertificate"], path: "Examples/verify-certificate"),
    .executableTarget(
      name: "make-liveness", dependencies: ["CTestImages", argumentParser], path: "Examples/make-liveness"),
    .executableTarget(
      name: "learn-projection", dependencies: ["CVision", "SplitSealImage", argumentParser],
      path: "Examples/learn-projection"),

    // Encoders of every flavour of JPEG and PNG, for tests and examples; the product only decodes.
    .target(name: "CTestImages", dependencies: ["CLibJPEG", "CLibPNG"], path: "Tests/Support/CTestImages"),
    .target(
      name: "SplitSealTestSupport",
      dependencies: [
        "SplitSealBase", "SplitSealManifest", "SplitSealImage", "SplitSealFingerprint", "SplitSealMatch",
        "SplitSealPolicy", "SplitSealAudit",
      ],
      path: "Tests/Support/SplitSealTestSupport"),
    .executableTarget(
      name: "search-benchmark", dependencies: ["CDotProduct", "SplitSealTestSupport", argumentParser],
      path: "Tests/Benchmarks/Search"),
    .executableTarget(
      name: "hot-paths",
      dependencies: [
        "CVision", "CDotProduct", "SplitSealBase", "SplitSealManifest", "SplitSealImage", "SplitSealFingerprint",
        "CTestImages", "SplitSealTestSupport", argumentParser,
      ],
      path: "Tests/Benchmarks/HotPaths"),
    .executableTarget(
      name: "make-shards",
      dependencies: [
        "SplitSealBase", "SplitSealManifest", "SplitSealImage", "SplitSealFingerprint", "SplitSealShard",
        "SplitSealTestSupport", argumentParser,
      ],
      path: "Tests/Benchmarks/Shards"),
    .executableTarget(
      name: "make-records",
      dependencies: [
        "SplitSealBase", "SplitSealManifest", "SplitSealImage", "SplitSealFingerprint", "SplitSealMatch",
        "SplitSealRules", "SplitSealPolicy", "SplitSealAudit", "SplitSealKeys", "SplitSealCertificate",
        "SplitSealCertifying", "SplitSealTestSupport", argumentParser,
      ],
      path: "Tests/Benchmarks/Records", exclude: ["figures.md"]),
    .executableTarget(
      name: "statistics-table", dependencies: ["SplitSealStatistics"], path: "Tests/Statistics/StatisticsTable"),
    .executableTarget(
      name: "split-simulation",
      dependencies: [
        "SplitSealManifest", "SplitSealImage", "SplitSealFingerprint", "SplitSealMatch", "SplitSealRules",
        "SplitSealStatistics", "SplitSealPolicy", "SplitSealAudit", "SplitSealTestSupport",
      ],
      path: "Tests/Statistics/SplitSimulation"),
    // The readers of what strangers write, for libFuzzer and for the test that replays its corpus.
    .target(
      name: "SplitSealFuzzTargets",
      dependencies: [
        "SplitSealManifest", "SplitSealImage", "SplitSealFingerprint", "SplitSealShard", "SplitSealPolicy",
        "SplitSealKeys", "SplitSealCertificate",
      ], path: "Tests/Fuzz/Targets"),
    tests("Detector", "CDotProductTests", of: ["CDotProduct", "SplitSealTestSupport"]),
    tests("Base", "SplitSealBaseTests", of: ["SplitSealBase", "SplitSealTestSupport"]),
    tests(
      "Dataset", "SplitSealPatternsTests", of: ["SplitSealBase", "SplitSealPatterns", "SplitSealTestSupport"]),
    tests("Base", "SplitSealJSONTests", of: ["SplitSealBase", "SplitSealJSON", "SplitSealTestSupport"]),
    tests(
      "Dataset", "SplitSealManifestTests",
      of: ["SplitSealBase", "SplitSealPatterns", "SplitSealManifest", "SplitSealTestSupport"]),
    tests(
      "Pixels", "SplitSealImageTests",
      of: ["CImageCodecs", "SplitSealBase", "SplitSealImage", "CTestImages", "SplitSealTestSupport"]),
    tests(
      "Detector", "SplitSealFingerprintTests",
      of: ["CVision", "SplitSealBase", "SplitSealImage", "SplitSealFingerprint", "CTestImages", "SplitSealTestSupport"]),
    tests(
      "Scale", "SplitSealStoreTests",
      of: [
        "SplitSealBase", "SplitSealManifest", "SplitSealFingerprint", "SplitSealStore", "SplitSealTestSupport", grdb,
      ]),
    tests(
      "Scale", "SplitSealShardTests",
      of: [
        "SplitSealBase", "SplitSealManifest", "SplitSealImage", "SplitSealFingerprint", "SplitSealShard",
        "SplitSealTestSupport", crypto,
      ]),
    tests(
      "Detector", "SplitSealMatchTests",
      of: [
        "CVision", "SplitSealBase", "SplitSealImage", "SplitSealFingerprint", "SplitSealMatch", "SplitSealTestSupport",
      ]),
    tests(
      "Detector", "SplitSealProbeTests",
      of: [
        "SplitSealBase", "SplitSealImage", "SplitSealFingerprint", "SplitSealMatch", "SplitSealProbe",
        "SplitSealTestSupport",
      ]),
    tests("Verdict", "SplitSealStatisticsTests", of: ["SplitSealStatistics"]),
    tests(
      "Verdict", "SplitSealPolicyTests", of: ["SplitSealBase", "SplitSealJSON", "SplitSealRules", "SplitSealPolicy"]),
    tests(
      "Verdict", "SplitSealAuditTests",
      of: [
        "SplitSealBase", "SplitSealManifest", "SplitSealImage", "SplitSealFingerprint", "SplitSealMatch",
        "SplitSealProbe", "SplitSealRules", "SplitSealStatistics", "SplitSealPolicy", "SplitSealAudit",
        "SplitSealTestSupport",
      ]),
    tests(
      "Verdict", "SplitSealRepairTests",
      of: [
        "SplitSealManifest", "SplitSealImage", "SplitSealMatch", "SplitSealAudit", "SplitSealRepair",
        "SplitSealTestSupport",
      ]),
    tests(
      "Output", "SplitSealReportTests",
      of: [
        "SplitSealBase", "SplitSealJSON", "SplitSealManifest", "SplitSealImage", "SplitSealFingerprint",
        "SplitSealMatch", "SplitSealProbe", "SplitSealRules", "SplitSealPolicy", "SplitSealAudit", "SplitSealReport",
        "SplitSealTestSupport",
      ], resources: [.copy("Golden")]),
    tests(
      "Output", "SplitSealReviewTests",
      of: ["SplitSealImage", "SplitSealFingerprint", "SplitSealMatch", "SplitSealStatistics", "SplitSealReview"]),
    tests(
      "Certificate", "SplitSealCertificateTests",
      of: [
        "SplitSealBase", "SplitSealJSON", "SplitSealManifest", "SplitSealImage", "SplitSealFingerprint",
        "SplitSealMatch", "SplitSealProbe", "SplitSealShard", "SplitSealRules", "SplitSealPolicy", "SplitSealAudit",
        "SplitSealKeys", "SplitSealCertificate", "SplitSealCertifying", "SplitSealFuzzTargets", crypto,
      ]),
    tests(
      "Detector", "LearnProjectionTests",
      of: ["CVision", "SplitSealBase", "SplitSealImage", "SplitSealTestSupport", "learn-projection"]),
    tests(
      "Program", "SplitSealCLITests",
      of: ["SplitSealBase", "SplitSealCLI", "SplitSealKeys", "SplitSealCertificate", "CTestImages", crypto]),
  ],
  swiftLanguageModes: [.v6]
)

// The fuzzer has libFuzzer's main function, without which it does not link: Tests/fuzz.sh sets the variable.
if Context.environment["SPLITSEAL_FUZZ"] != nil {
  package.targets.append(
    .executableTarget(name: "fuzz-inputs", dependencies: ["SplitSealFuzzTargets"], path: "Tests/Fuzz/Runner"))
}

for target in package.targets where target.type != .system {
  target.swiftSettings = [
    .enableUpcomingFeature("ExistentialAny"),  // SE-0335
    .enableUpcomingFeature("InternalImportsByDefault"),  // SE-0409
    .enableUpcomingFeature("MemberImportVisibility"),  // SE-0444
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),  // SE-0461
    .strictMemorySafety(),  // SE-0458: every use of a pointer must say `unsafe`.
  ]
}
