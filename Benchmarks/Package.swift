// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that the main build does not pay for it. The rooms that are measured are links to the main
// package's sources: what they share is `package`, and here they are one package too.
let package = Package(
    name: "sluice-benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(url: "https://github.com/apple/swift-collections", from: "1.3.0"),
        .package(url: "https://github.com/ordo-one/benchmark", exact: "1.38.1", traits: []),
    ],
    targets: [
        .target(name: "CBackupKernels", cSettings: [.define("NDEBUG", .when(configuration: .release))]),
        .systemLibrary(name: "CLibarchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
        .systemLibrary(name: "CISAL", pkgConfig: "libisal", providers: [.apt(["libisal-dev"])]),
        .systemLibrary(name: "CLzma", pkgConfig: "liblzma", providers: [.apt(["liblzma-dev"])]),
        .systemLibrary(name: "CXXHash", pkgConfig: "libxxhash", providers: [.apt(["libxxhash-dev"])]),
        .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
        .target(
            name: "BackupBytes",
            dependencies: ["CISAL", "CZstd", .product(name: "DequeModule", package: "swift-collections")]),
        .target(
            name: "BackupArchives",
            dependencies: ["BackupBytes", "CLibarchive", "CISAL", "CLzma", "CXXHash", "CZstd"]),
        .target(name: "CCharsetTables", dependencies: ["CBackupKernels"]),
        .target(name: "BackupRows", dependencies: ["BackupBytes", "CBackupKernels", "CCharsetTables"]),
        .target(name: "BackupText", dependencies: ["BackupBytes", "BackupRows", "CBackupKernels"]),

        .target(name: "DataSets"),
        .executableTarget(name: "generate", dependencies: ["DataSets"]),
        .executableTarget(
            name: "Stages",
            dependencies: [
                "BackupArchives", "BackupBytes", "BackupRows", "BackupText", "CBackupKernels", "DataSets",
                .product(name: "Benchmark", package: "benchmark"),
            ],
            path: "Benchmarks/Stages",
            plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
    ]
)
