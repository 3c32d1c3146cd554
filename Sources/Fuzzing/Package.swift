// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that the product's build never pays for it. Built and run by `scripts/robustness fuzz`, which adds
// the sanitizers and links libFuzzer.
let package = Package(
    name: "Fuzzing",
    dependencies: [.package(name: "PlotWatch", path: "../..")],
    targets: [
        .target(name: "CLibFuzzer", path: "CLibFuzzer"),
        .executableTarget(
            name: "fuzz",
            dependencies: [
                "CLibFuzzer", .product(name: "PlotWatchReaders", package: "PlotWatch"),
                .product(name: "TestKit", package: "PlotWatch"),
            ],
            path: "Fuzzing",
            swiftSettings: [.swiftLanguageMode(.v6), .enableUpcomingFeature("ExistentialAny")]),
    ]
)
