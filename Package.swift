// swift-tools-version: 6.2
import PackageDescription

// Who may import whom is a promise (README, "Architecture"); Tests/HouseTests reads the sources and holds it.
let package = Package(
    name: "sluice",
    products: [
        .library(name: "BackupExports", targets: ["BackupExports"]),
        .executable(name: "sluice", targets: ["sluice"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
    ],
    targets: [
        // Cellar: C code of our own, and system libraries.
        .target(name: "CBackupKernels", cSettings: [.define("NDEBUG", .when(configuration: .release))]),
        .systemLibrary(name: "CLibarchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
        .systemLibrary(name: "CISAL", pkgConfig: "libisal", providers: [.apt(["libisal-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
        .systemLibrary(name: "CLinux"),

        // Floor.
        .target(name: "BackupBytes"),

        // Data wing.
        .target(name: "BackupArchives", dependencies: ["BackupBytes", "CLibarchive", "CISAL", "CZstd"]),
        .target(name: "BackupTables", dependencies: ["BackupBytes", "CBackupKernels"]),
        .target(
            name: "BackupExports",
            dependencies: [
                "BackupBytes", "BackupArchives", "BackupTables", "CLinux",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
            ]),

        // Roof.
        .executableTarget(
            name: "sluice",
            dependencies: ["BackupExports", .product(name: "ArgumentParser", package: "swift-argument-parser")]),

        // Tests.
        .target(name: "KernelTrials", dependencies: ["CBackupKernels"], path: "Tests/KernelTrials", exclude: ["neon.sh"]),
        .testTarget(name: "CBackupKernelsTests", dependencies: ["CBackupKernels", "KernelTrials"]),
    ]
)
