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
        .systemLibrary(name: "CISAL", pkgConfig: "libisal", providers: [.apt(["libisal-dev"])]),
        .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
        .target(
            name: "BackupBytes",
            dependencies: ["CISAL", "CZstd", .product(name: "DequeModule", package: "swift-collections")]),
        .target(name: "BackupRows", dependencies: ["BackupBytes", "CBackupKernels", "CCharsetTables"]),
        .target(name: "BackupText", dependencies: ["BackupBytes", "BackupRows", "CBackupKernels"]),
        .target(
            name: "BackupChanges", dependencies: ["BackupBytes", "BackupRows", "CBackupKernels", "CISAL", "CZstd"]),

        .target(name: "CFuzz"),
        .target(name: "FuzzSupport", dependencies: ["BackupBytes", "BackupRows", "CFuzz"]),
        // One library a reader, and one program that is C: libFuzzer brings its main function.
        .target(
            name: "ChangesTarget",
            dependencies: ["BackupBytes", "BackupRows", "BackupText", "BackupChanges", "CFuzz", "FuzzSupport"]),
        .executableTarget(name: "changes", dependencies: ["ChangesTarget"]),
    ]
)
