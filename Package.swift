// swift-tools-version: 6.2
import PackageDescription

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let grdbSQLite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let asn1 = Target.Dependency.product(name: "SwiftASN1", package: "swift-asn1")
let x509 = Target.Dependency.product(name: "X509", package: "swift-certificates")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

/// The stages in the order data flows through them: each may import only those above it.
let stages: [Target] = [
  .target(name: "SplitSealCalendar", path: "Sources/Base/SplitSealCalendar"),
  .target(name: "SplitSealJSON", path: "Sources/Base/SplitSealJSON"),
  .target(
    name: "SplitSealManifest", dependencies: ["SplitSealCalendar", "SplitSealJSON", crypto],
    path: "Sources/Dataset/SplitSealManifest"),
  .target(
    name: "SplitSealImage", dependencies: ["SplitSealCalendar", "CImageCodecs", "CVision"],
    path: "Sources/Pixels/SplitSealImage"),
  .target(
    name: "SplitSealFingerprint", dependencies: ["SplitSealImage", "CXXHash", "CVision", crypto],
    path: "Sources/Detector/SplitSealFingerprint"),
  .target(
    name: "SplitSealStore",
    dependencies: ["SplitSealManifest", "SplitSealImage", "SplitSealFingerprint", grdb, grdbSQLite],
    path: "Sources/Scale/SplitSealStore"),
  .target(
    name: "SplitSealShard", dependencies: ["SplitSealManifest", "SplitSealImage", "SplitSealFingerprint", crypto],
    path: "Sources/Scale/SplitSealShard"),
  .target(
    name: "SplitSealMatch", dependencies: ["SplitSealImage", "SplitSealFingerprint", "CDotProduct", "CVision"],
    path: "Sources/Detector/SplitSealMatch"),
  .target(name: "SplitSealStatistics", path: "Sources/Verdict/SplitSealStatistics"),
  .target(
    name: "SplitSealProbe",
    dependencies: ["SplitSealImage", "SplitSealFingerprint", "SplitSealMatch"], path: "Sources/Detector/SplitSealProbe"),
  .target(
    name: "SplitSealPolicy", dependencies: ["SplitSealCalendar", "SplitSealJSON", "SplitSealManifest", yams],
    path: "Sources/Verdict/SplitSealPolicy"),
  .target(
    name: "SplitSealAudit",
    dependencies: [
      "SplitSealManifest", "SplitSealImage", "SplitSealFingerprint", "SplitSealMatch", "SplitSealProbe",
      "SplitSealStatistics", "SplitSealPolicy", "SplitSealJSON", crypto,
    ], path: "Sources/Verdict/SplitSealAudit"),
  .target(
    name: "SplitSealRepair",
    dependencies: ["SplitSealManifest", "SplitSealFingerprint", "SplitSealMatch", "SplitSealStatistics"],
    path: "Sources/Verdict/SplitSealRepair"),
  .target(
    name: "SplitSealReport",
    dependencies: [
      "SplitSealCalendar", "SplitSealJSON", "SplitSealManifest", "SplitSealImage", "SplitSealFingerprint",
      "SplitSealMatch",
      "SplitSealProbe", "SplitSealStatistics", "SplitSealPolicy", "SplitSealAudit", "SplitSealRepair", crypto,
    ], path: "Sources/Output/SplitSealReport",
    resources: [.embedInCode("HTML/Assets/report.css"), .embedInCode("HTML/Assets/report.js")]),
  .target(
    name: "SplitSealReview",
    dependencies: [
      "SplitSealCalendar", "SplitSealJSON", "SplitSealManifest", "SplitSealImage", "SplitSealFingerprint",
      "SplitSealMatch", "SplitSealStatistics", "SplitSealPolicy", "SplitSealAudit", "SplitSealReport", crypto,
      hummingbird,
      // What Hummingbird's interface is made of.
      .product(name: "HummingbirdCore", package: "hummingbird"), httpTypes, nioCore, logging,
    ],
    path: "Sources/Output/SplitSealReview",
    // They become part of the program: it stays one file.
    resources: [
      "review.html", "review.css", "review.js", "api.js", "controls.js", "pictures.js", "queue.js", "stage.js",
      "words.js",
      "review.svg",
    ].map { .embedInCode("Page/\($0)") }),
  .target(
    name: "SplitSealCertificate",
    dependencies: [
      "SplitSealCalendar", "SplitSealJSON", "SplitSealManifest", "SplitSealFingerprint", "SplitSealMatch",
      "SplitSealProbe",
      "SplitSealStatistics", "SplitSealPolicy", "SplitSealAudit", crypto, cryptoExtras, asn1, x509,
    ], path: "Sources/Certificate/SplitSealCertificate"),
]
let stageDependencies = stages.map { Target.Dependency.target(name: $0.name) }

let package = Package(
  name: "splitseal",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "splitseal", targets: ["SplitSealCLI"]),
    .library(name: "SplitSeal", targets: ["SplitSeal"] + stages.map(\.name)),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser.git", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-asn1.git", exact: "1.7.4"),
    .package(url: "https://github.com/apple/swift-certificates.git", exact: "1.21.1"),
    .package(url: "https://github.com/apple/swift-crypto.git", exact: "4.5.2"),
    .package(url: "https://github.com/apple/swift-http-types.git", exact: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log.git", exact: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio.git", exact: "2.101.2"),
    .package(url: "https://github.com/groue/GRDB.swift.git", exact: "7.10.0"),
    // Without its traits: configuration from files and the whole of Foundation are not needed for one local page.
    .package(url: "https://github.com/hummingbird-project/hummingbird.git", exact: "2.28.1", traits: []),
    .package(url: "https://github.com/jpsim/Yams.git", exact: "6.2.2"),
  ],
  targets: [
    .systemLibrary(
      name: "CXXHash", path: "Sources/Pixels/CXXHash", pkgConfig: "libxxhash",
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
      name: "audit-two-splits", dependencies: ["SplitSeal"] + stageDependencies, path: "Examples/audit-two-splits"),
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
        "SplitSealManifest", "SplitSealImage", "SplitSealFingerprint", "SplitSealMatch", "SplitSealPolicy",
        "SplitSealAudit",
      ],
      path: "Tests/Support/SplitSealTestSupport"),
    .executableTarget(
      name: "search-benchmark", dependencies: ["CDotProduct", "SplitSealTestSupport", argumentParser],
      path: "Tests/Benchmarks/Search"),
    .executableTarget(
      name: "hot-paths",
      dependencies: [
        "SplitSealManifest", "SplitSealImage", "SplitSealFingerprint", "CDotProduct", "CVision", "CTestImages",
        "SplitSealTestSupport", argumentParser,
      ],
      path: "Tests/Benchmarks/HotPaths"),
    .executableTarget(
      name: "make-shards",
      dependencies: [
        "SplitSealShard", "SplitSealManifest", "SplitSealImage", "SplitSealFingerprint", "SplitSealTestSupport",
        argumentParser,
      ],
      path: "Tests/Benchmarks/Shards"),
    .executableTarget(
      name: "make-records",
      dependencies: [
        "SplitSealCertificate", "SplitSealAudit", "SplitSealPolicy", "SplitSealManifest", "SplitSealMatch",
        "SplitSealFingerprint", "SplitSealImage", "SplitSealTestSupport", argumentParser,
      ],
      path: "Tests/Benchmarks/Records", exclude: ["figures.md"]),
    .executableTarget(
      name: "statistics-table", dependencies: ["SplitSealStatistics"], path: "Tests/Statistics/StatisticsTable"),
    .executableTarget(
      name: "split-simulation",
      dependencies: [
        "SplitSealManifest", "SplitSealFingerprint", "SplitSealImage", "SplitSealMatch", "SplitSealPolicy",
        "SplitSealStatistics", "SplitSealAudit", "SplitSealTestSupport",
      ],
      path: "Tests/Statistics/SplitSimulation"),
    // The readers of what strangers write, for libFuzzer and for the test that replays its corpus.
    .target(
      name: "SplitSealFuzzTargets",
      dependencies: [
        "SplitSealCertificate", "SplitSealShard", "SplitSealPolicy", "SplitSealManifest", "SplitSealImage",
        "SplitSealFingerprint",
      ], path: "Tests/Fuzz/Targets"),
    .testTarget(
      name: "CDotProductTests", dependencies: ["CDotProduct", "SplitSealTestSupport"],
      path: "Tests/Detector/CDotProductTests"),
    .testTarget(
      name: "SplitSealJSONTests", dependencies: ["SplitSealJSON", "SplitSealTestSupport"],
      path: "Tests/Base/SplitSealJSONTests"),
    .testTarget(
      name: "SplitSealManifestTests", dependencies: ["SplitSealManifest", "SplitSealTestSupport"],
      path: "Tests/Dataset/SplitSealManifestTests"),
    .testTarget(
      name: "SplitSealImageTests",
      dependencies: ["SplitSealImage", "CImageCodecs", "CTestImages", "SplitSealTestSupport"],
      path: "Tests/Pixels/SplitSealImageTests"),
    .testTarget(
      name: "SplitSealFingerprintTests",
      dependencies: ["SplitSealFingerprint", "SplitSealImage", "CVision", "CTestImages", "SplitSealTestSupport"],
      path: "Tests/Detector/SplitSealFingerprintTests"),
    .testTarget(
      name: "SplitSealStoreTests",
      dependencies: ["SplitSealStore", "SplitSealFingerprint", "SplitSealManifest", "SplitSealTestSupport", grdb],
      path: "Tests/Scale/SplitSealStoreTests"),
    .testTarget(
      name: "SplitSealShardTests",
      dependencies: [
        "SplitSealShard", "SplitSealManifest", "SplitSealFingerprint", "SplitSealImage", "SplitSealTestSupport",
      ], path: "Tests/Scale/SplitSealShardTests"),
    .testTarget(
      name: "SplitSealMatchTests",
      dependencies: ["SplitSealMatch", "SplitSealFingerprint", "SplitSealImage", "CVision", "SplitSealTestSupport"],
      path: "Tests/Detector/SplitSealMatchTests"),
    .testTarget(
      name: "SplitSealProbeTests",
      dependencies: [
        "SplitSealProbe", "SplitSealImage", "SplitSealFingerprint", "SplitSealMatch", "SplitSealTestSupport",
      ], path: "Tests/Detector/SplitSealProbeTests"),
    .testTarget(
      name: "SplitSealStatisticsTests", dependencies: ["SplitSealStatistics"],
      path: "Tests/Verdict/SplitSealStatisticsTests"),
    .testTarget(
      name: "SplitSealPolicyTests", dependencies: ["SplitSealPolicy", "SplitSealJSON", "SplitSealCalendar"],
      path: "Tests/Verdict/SplitSealPolicyTests"),
    .testTarget(
      name: "SplitSealAuditTests",
      dependencies: [
        "SplitSealManifest", "SplitSealImage", "SplitSealFingerprint", "SplitSealMatch", "SplitSealProbe",
        "SplitSealPolicy", "SplitSealCalendar", "SplitSealStatistics", "SplitSealAudit", "SplitSealTestSupport",
      ], path: "Tests/Verdict/SplitSealAuditTests"),
    .testTarget(
      name: "SplitSealRepairTests",
      dependencies: [
        "SplitSealRepair", "SplitSealManifest", "SplitSealImage", "SplitSealMatch", "SplitSealAudit",
        "SplitSealTestSupport",
      ], path: "Tests/Verdict/SplitSealRepairTests"),
    .testTarget(
      name: "SplitSealReportTests",
      dependencies: [
        "SplitSealReport", "SplitSealAudit", "SplitSealProbe", "SplitSealMatch", "SplitSealManifest", "SplitSealJSON",
        "SplitSealImage", "SplitSealPolicy", "SplitSealCalendar", "SplitSealFingerprint", "SplitSealTestSupport",
      ], path: "Tests/Output/SplitSealReportTests",
      resources: [.copy("Golden")]),
    .testTarget(
      name: "SplitSealReviewTests",
      dependencies: ["SplitSealReview", "SplitSealFingerprint", "SplitSealImage", "SplitSealMatch"],
      path: "Tests/Output/SplitSealReviewTests"),
    .testTarget(
      name: "SplitSealCertificateTests",
      dependencies: [
        "SplitSealCertificate", "SplitSealFuzzTargets", "SplitSealProbe", "SplitSealPolicy", "SplitSealCalendar",
        "SplitSealJSON", "SplitSealManifest", "SplitSealShard", "SplitSealFingerprint",
        "SplitSealTestSupport", crypto,
      ], path: "Tests/Certificate/SplitSealCertificateTests"),
    .testTarget(
      name: "LearnProjectionTests",
      dependencies: ["learn-projection", "CVision", "SplitSealImage", "SplitSealTestSupport"],
      path: "Tests/Detector/LearnProjectionTests"),
    .testTarget(
      name: "SplitSealCLITests",
      dependencies: ["SplitSealCLI", "SplitSealCertificate", "SplitSealJSON", "CTestImages", crypto],
      path: "Tests/Program/SplitSealCLITests"),
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
