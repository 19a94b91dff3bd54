// swift-tools-version: 6.2
import PackageDescription

// The readers under libFuzzer: a package of its own, since only `swift build --sanitize fuzzer` gives its programs a
// main function. What is fuzzed are links to the main package's sources: what they share is `package`.
let package = Package(
    name: "sluice-fuzz",
    platforms: [.macOS(.v15)],
    dependencies: [.package(url: "https://github.com/apple/swift-collections", from: "1.3.0")],
    targets: [
        .target(name: "CBackupKernels"),
        .target(name: "CCharsetTables", dependencies: ["CBackupKernels"]),
        .systemLibrary(name: "CBrotli", pkgConfig: "libbrotlidec", providers: [.apt(["libbrotli-dev"])]),
        .systemLibrary(name: "CISAL", pkgConfig: "libisal", providers: [.apt(["libisal-dev"])]),
        .systemLibrary(name: "CLZ4", pkgConfig: "liblz4", providers: [.apt(["liblz4-dev"])]),
        .systemLibrary(name: "CSnappy", pkgConfig: "snappy", providers: [.apt(["libsnappy-dev"])]),
        .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
        .target(
            name: "BackupBytes",
            dependencies: ["CISAL", "CZstd", .product(name: "DequeModule", package: "swift-collections")]),
        .target(name: "BackupRows", dependencies: ["BackupBytes", "CBackupKernels", "CCharsetTables"]),
        .target(name: "BackupText", dependencies: ["BackupBytes", "BackupRows", "CBackupKernels"]),
        .target(
            name: "BackupChanges", dependencies: ["BackupBytes", "BackupRows", "CBackupKernels", "CISAL", "CZstd"]),

        // Its decoders are fuzzed one by one.
        .target(
            name: "BackupParquet",
            dependencies: [
                "BackupBytes", "BackupRows", "CBackupKernels", "CBrotli", "CISAL", "CLZ4", "CSnappy", "CZstd",
            ],
            swiftSettings: [.unsafeFlags(["-enable-testing"])]),

        .target(name: "CFuzz"),
        .target(name: "FuzzSupport", dependencies: ["BackupBytes", "BackupRows", "CFuzz"]),
        // One library a reader, and one program that is C: libFuzzer brings its main function.
        .target(
            name: "ChangesTarget",
            dependencies: ["BackupBytes", "BackupRows", "BackupText", "BackupChanges", "CFuzz", "FuzzSupport"]),
        .executableTarget(name: "changes", dependencies: ["ChangesTarget"]),
        .target(name: "ParquetTarget", dependencies: ["BackupBytes", "BackupRows", "BackupParquet", "FuzzSupport"]),
        .executableTarget(name: "parquet", dependencies: ["ParquetTarget"]),
        .target(name: "PagesTarget", dependencies: ["BackupParquet", "FuzzSupport"]),
        .executableTarget(name: "pages", dependencies: ["PagesTarget"]),
    ]
)
