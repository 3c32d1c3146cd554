// swift-tools-version: 6.2
import PackageDescription

// The modules, lowest first. This list is the only statement of what may import what;
// `scripts/check` builds with `--explicit-target-dependency-import-check error`, so it is enforced.

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .treatAllWarnings(as: .error),
]

/// The kernels are optimised even in debug builds (70 ns a pixel otherwise). `march` is the CPU level they are compiled for.
func kernelSettings(march: String?) -> [SwiftSetting] {
    var flags = ["-O"]
    if let march { flags += ["-Xcc", "-march=\(march)"] }
    return strict + [.unsafeFlags(flags)]
}

/// The program brings Swift's libraries along: finding their symbols in sixty shared ones took most of its start.
let released = BuildSettingCondition.when(platforms: [.linux], configuration: .release)
let staticRuntime = SwiftSetting.unsafeFlags(["-static-stdlib"], released)
let staticRuntimeLink = LinkerSetting.unsafeFlags(
    [
        "-static-stdlib", "-use-ld=lld", "-Xlinker", "-z", "-Xlinker", "pack-relative-relocs", "-Xlinker",
        "--strip-debug",
    ], released)

let package = Package(
    name: "PlotWatch",
    products: [
        .executable(name: "plotwatch", targets: ["plotwatch"]),
        .library(
            name: "PlotWatchCore",
            targets: ["Pixels", "Village", "Kernels", "Decoding", "Archive", "Analysis", "Detection", "Series"]),
        // What takes bytes from strangers, for Sources/Fuzzing.
        .library(
            name: "PlotWatchReaders",
            targets: [
                "Village", "Decoding", "Archive", "ConfigurationFiles", "Advising", "Detection", "Series", "Evidence",
                "Casework",
                "Messaging",
            ]),
        .library(name: "TestKit", targets: ["TestKit"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "3.12.3"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(
            url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: ["FullFoundation"]),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    ],
    targets: [
        .systemLibrary(name: "CLibJPEG", pkgConfig: "libjpeg", providers: [.apt(["libjpeg-dev"])]),
        .systemLibrary(name: "CLibPNG", pkgConfig: "libpng16", providers: [.apt(["libpng-dev"])]),
        .systemLibrary(name: "CLibTIFF", pkgConfig: "libtiff-4", providers: [.apt(["libtiff-dev"])]),
        .target(
            name: "CImageCodecs", dependencies: ["CLibJPEG", "CLibPNG", "CLibTIFF"],
            // Tests decode a great many pictures: optimised in debug builds as well, like the kernels.
            cSettings: [.treatAllWarnings(as: .error), .unsafeFlags(["-O2"])]),
        .target(name: "CVectors"),
        .target(
            name: "COpenVINO", cSettings: [.treatAllWarnings(as: .error)],
            linkerSettings: [.linkedLibrary("dl", .when(platforms: [.linux]))]),
        .target(name: "Files", swiftSettings: strict),
        .target(name: "Pixels", swiftSettings: strict),
        .target(name: "Village", swiftSettings: strict),
        .target(
            name: "ConfigurationFiles", dependencies: ["Files", "Village", .product(name: "Yams", package: "Yams")],
            swiftSettings: strict),
        .target(name: "Series", dependencies: ["Village"], swiftSettings: strict),
        .target(name: "KernelsBaseline", dependencies: ["CVectors"], swiftSettings: kernelSettings(march: nil)),
        .target(name: "KernelsV3", dependencies: ["CVectors"], swiftSettings: kernelSettings(march: "x86-64-v3")),
        .target(
            name: "Kernels", dependencies: ["CVectors", "KernelsBaseline", "KernelsV3"],
            swiftSettings: kernelSettings(march: nil)),
        .target(name: "Decoding", dependencies: ["CImageCodecs", "Pixels"], swiftSettings: strict),
        .target(name: "Inference", dependencies: ["COpenVINO", "Pixels"], swiftSettings: strict),
        .target(
            name: "Archive", dependencies: ["Village", .product(name: "Crypto", package: "swift-crypto")],
            swiftSettings: strict),
        .target(name: "Analysis", dependencies: ["Pixels", "Kernels"], swiftSettings: kernelSettings(march: nil)),
        .target(
            name: "Detection", dependencies: ["Analysis", "Kernels", "Pixels", "Village"],
            swiftSettings: kernelSettings(march: nil)),
        .target(name: "Advising", dependencies: ["Village", "Series", "ConfigurationFiles"], swiftSettings: strict),
        .target(
            name: "Storage",
            dependencies: [
                "Files", "Village", .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: strict),
        .target(
            name: "Casework", dependencies: ["Village", "ConfigurationFiles", "Storage"], swiftSettings: strict),
        .target(
            name: "Messaging",
            dependencies: [
                "Files", "Village", "Storage", .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Crypto", package: "swift-crypto"), .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"), .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            swiftSettings: strict),
        .target(
            name: "Evidence",
            dependencies: [
                "Village", "Pixels", "Decoding", "Analysis", "Storage",
                .product(name: "Crypto", package: "swift-crypto"),
            ], swiftSettings: strict),
        .target(
            name: "Reporting",
            dependencies: ["Village", "Series", .product(name: "Mustache", package: "swift-mustache")],
            resources: [.embedInCode("Templates")],
            swiftSettings: strict),
        .target(
            name: "Inspection",
            dependencies: [
                "Files", "Pixels", "Village", "ConfigurationFiles", "Series", "Kernels", "Decoding", "Archive",
                "Analysis",
                "Detection", "Inference", "Advising", "Storage", "Casework",
            ],
            swiftSettings: strict),
        .target(
            name: "Review",
            dependencies: [
                "Files", "Village", "ConfigurationFiles", "Storage", "Casework", "Reporting",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"), .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "_CryptoExtras", package: "swift-crypto"),
            ],
            resources: [.embedInCode("Resources")],
            swiftSettings: strict),
        .executableTarget(
            name: "plotwatch",
            dependencies: [
                "Files", "Pixels", "Village", "ConfigurationFiles", "Series", "Kernels", "Decoding", "Archive",
                "Analysis",
                "Detection", "Advising", "Storage", "Casework", "Evidence", "Messaging",
                "Reporting", "Inspection", "Review", .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict + [staticRuntime], linkerSettings: [staticRuntimeLink]),

        .target(name: "TestKit", dependencies: ["Pixels", "Decoding"], path: "Tests/TestKit", swiftSettings: strict),
        .testTarget(name: "FilesTests", dependencies: ["Files", "TestKit"], swiftSettings: strict),
        .testTarget(name: "PixelsTests", dependencies: ["Pixels", "TestKit"], swiftSettings: strict),
        .testTarget(name: "VillageTests", dependencies: ["Village"], swiftSettings: strict),
        .testTarget(
            name: "ConfigurationFilesTests", dependencies: ["ConfigurationFiles", "Village"], swiftSettings: strict),
        .testTarget(name: "SeriesTests", dependencies: ["Series", "Village"], swiftSettings: strict),
        .testTarget(name: "KernelsTests", dependencies: ["Kernels"], swiftSettings: strict),
        .testTarget(
            name: "DecodingTests", dependencies: ["CImageCodecs", "Decoding", "Pixels", "TestKit"],
            swiftSettings: strict),
        .testTarget(name: "InferenceTests", dependencies: ["Inference", "Pixels", "TestKit"], swiftSettings: strict),
        .testTarget(name: "ArchiveTests", dependencies: ["Archive", "Village"], swiftSettings: strict),
        .testTarget(
            name: "AnalysisTests", dependencies: ["Analysis", "Pixels", "Kernels", "Decoding", "TestKit"],
            swiftSettings: strict),
        .testTarget(
            name: "DetectionTests",
            dependencies: [
                "Detection", "ConfigurationFiles", "Analysis", "Kernels", "Pixels", "Village", "Decoding", "TestKit",
            ], swiftSettings: strict),
        .testTarget(
            name: "AdvisingTests",
            dependencies: ["Advising", "Reporting", "Village", "Series", "ConfigurationFiles", "TestKit"],
            swiftSettings: strict),
        .testTarget(
            name: "StorageTests",
            dependencies: ["Storage", "Village", "TestKit", .product(name: "GRDB", package: "GRDB.swift")],
            swiftSettings: strict),
        .testTarget(
            name: "CaseworkTests", dependencies: ["Casework", "ConfigurationFiles", "Storage", "Village", "TestKit"],
            swiftSettings: strict),
        .testTarget(
            name: "MessagingTests",
            dependencies: [
                "Messaging", "Storage", "Village", "TestKit", .product(name: "Crypto", package: "swift-crypto"),
            ], swiftSettings: strict),
        .testTarget(
            name: "EvidenceTests", dependencies: ["Evidence", "Decoding", "Pixels", "Village", "TestKit"],
            swiftSettings: strict),
        .testTarget(name: "ReportingTests", dependencies: ["Reporting", "Village", "Series"], swiftSettings: strict),
        .testTarget(
            name: "InspectionTests",
            dependencies: [
                "Inspection", "ConfigurationFiles", "Village", "Storage", "Kernels", "Pixels", "Decoding", "TestKit",
                .product(name: "GRDB", package: "GRDB.swift"),
            ], swiftSettings: strict),
        .testTarget(
            name: "ReviewTests",
            dependencies: [
                "Review", "ConfigurationFiles", "Village", "Storage", "Casework", "Reporting", "TestKit",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"), .product(name: "NIOCore", package: "swift-nio"),
            ], swiftSettings: strict),
        .testTarget(
            name: "CommandTests",
            dependencies: [
                "plotwatch", "TestKit", "Pixels", "Decoding", .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: strict),
    ]
)
