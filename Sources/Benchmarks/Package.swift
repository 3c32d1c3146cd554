// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that the product's build never pays for it. Built and read by `scripts/bench speed`.
let package = Package(
    name: "Benchmarks",
    dependencies: [.package(name: "PlotWatch", path: "../..")],
    targets: [
        .executableTarget(
            name: "benchmarks",
            dependencies: [.product(name: "PlotWatchCore", package: "PlotWatch")],
            path: "Benchmarks",
            swiftSettings: [.swiftLanguageMode(.v6), .enableUpcomingFeature("ExistentialAny")])
    ]
)
