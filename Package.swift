// swift-tools-version: 6.2
import PackageDescription

// Who may import whom is a promise (README, "Architecture"); Tests/HouseTests reads the sources and holds it.
/// Where unsafe code lives, every use of it says so.
let strict: [SwiftSetting] = [.strictMemorySafety()]

let package = Package(
    name: "sluice",
    products: [
        .library(name: "BackupExports", targets: ["BackupExports"]),
        .library(name: "BackupLake", targets: ["BackupLake"]),
        .library(name: "DatabaseBackup", targets: ["DatabaseBackup"]),
        .library(name: "ObjectStores", targets: ["ObjectStores"]),
        .library(name: "AlibabaCloudCore", targets: ["AlibabaCloudCore"]),
        .executable(name: "sluice", targets: ["sluice"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.3.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.0"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    ],
    targets: [
        // Cellar: C code of our own, and system libraries.
        .target(name: "CBackupKernels", cSettings: [.define("NDEBUG", .when(configuration: .release))]),
        .target(name: "CCharsetTables", dependencies: ["CBackupKernels"]),
        .systemLibrary(name: "CBrotli", pkgConfig: "libbrotlidec", providers: [.apt(["libbrotli-dev"])]),
        .systemLibrary(name: "CLibarchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
        .systemLibrary(name: "CISAL", pkgConfig: "libisal", providers: [.apt(["libisal-dev"])]),
        .systemLibrary(name: "CLZ4", pkgConfig: "liblz4", providers: [.apt(["liblz4-dev"])]),
        .systemLibrary(name: "CLzma", pkgConfig: "liblzma", providers: [.apt(["liblzma-dev"])]),
        .systemLibrary(name: "CSnappy", pkgConfig: "snappy", providers: [.apt(["libsnappy-dev"])]),
        .systemLibrary(name: "CXXHash", pkgConfig: "libxxhash", providers: [.apt(["libxxhash-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
        .systemLibrary(name: "CLinux"),

        // Floor.
        .target(
            name: "BackupBytes",
            dependencies: ["CISAL", "CZstd", .product(name: "DequeModule", package: "swift-collections")],
            swiftSettings: strict),

        // Data wing.
        .target(
            name: "BackupArchives", dependencies: ["BackupBytes", "CLibarchive", "CISAL", "CLzma", "CXXHash", "CZstd"],
            swiftSettings: strict),
        .target(
            name: "BackupRows", dependencies: ["BackupBytes", "CBackupKernels", "CCharsetTables"],
            swiftSettings: strict),
        .target(
            name: "BackupText", dependencies: ["BackupBytes", "BackupRows", "CBackupKernels"],
            swiftSettings: strict),
        .target(
            name: "BackupParquet",
            dependencies: [
                "BackupBytes", "BackupRows", "CBackupKernels", "CBrotli", "CISAL", "CLZ4", "CSnappy", "CZstd",
            ],
            swiftSettings: strict),
        .target(
            name: "BackupChanges",
            dependencies: ["BackupBytes", "BackupRows", "CBackupKernels", "CISAL", "CZstd"],
            swiftSettings: strict),
        .target(
            name: "BackupLake",
            dependencies: ["BackupBytes", "BackupRows", "CLinux", .product(name: "Crypto", package: "swift-crypto")]),
        .target(
            name: "BackupExports",
            dependencies: [
                "BackupBytes", "BackupArchives", "BackupRows", "BackupText", "BackupParquet", "BackupChanges",
                "BackupLake",
                "CLinux",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "DequeModule", package: "swift-collections"),
                .product(name: "OrderedCollections", package: "swift-collections"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
            ]),

        // Cloud wing.
        .target(
            name: "AlibabaCloudCore",
            dependencies: [
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
            ]),
        .target(
            name: "ObjectStores",
            dependencies: [
                "AlibabaCloudCore", "BackupBytes", "CISAL",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
            ]),
        .target(
            name: "DatabaseBackup",
            dependencies: [
                "AlibabaCloudCore", "BackupBytes", "ObjectStores",
                .product(name: "Logging", package: "swift-log"),
            ]),

        // Roof.
        .executableTarget(
            name: "sluice",
            dependencies: [
                "BackupExports", "BackupLake", "DatabaseBackup", "AlibabaCloudCore", "ObjectStores",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ]),

        // Programs a user would copy; the tests run them.
        .executableTarget(name: "sample-rows", dependencies: ["BackupExports"], path: "samples/programs/rows"),
        .executableTarget(
            name: "sample-rows-detached", dependencies: ["BackupExports"], path: "samples/programs/rows-detached"),
        .executableTarget(name: "sample-types", dependencies: ["BackupExports"], path: "samples/programs/types"),
        .executableTarget(name: "sample-convert", dependencies: ["BackupExports"], path: "samples/programs/convert"),
        .executableTarget(
            name: "sample-own-sink", dependencies: ["BackupExports", "BackupLake"], path: "samples/programs/own-sink"),
        .executableTarget(name: "sample-stream", dependencies: ["BackupExports"], path: "samples/programs/stream"),
        .executableTarget(
            name: "sample-store",
            dependencies: [
                "BackupExports", "ObjectStores", "AlibabaCloudCore", .product(name: "Logging", package: "swift-log"),
            ], path: "samples/programs/store"),
        .executableTarget(name: "sample-fetch", dependencies: ["DatabaseBackup"], path: "samples/programs/fetch"),
        .executableTarget(
            name: "sample-run", dependencies: ["BackupExports", "DatabaseBackup"], path: "samples/programs/run"),

        // Cloud tests. The stand-in of the service is Python (Tests/TestSupport/standin), started by CloudTestSupport.
        .target(name: "CloudTestSupport", dependencies: ["AlibabaCloudCore"], path: "Tests/CloudTestSupport"),
        .testTarget(name: "AlibabaCloudCoreTests", dependencies: ["AlibabaCloudCore", "CloudTestSupport"]),
        .testTarget(
            name: "ObjectStoresTests",
            dependencies: ["ObjectStores", "AlibabaCloudCore", "BackupBytes", "CloudTestSupport"]),
        .testTarget(
            name: "DatabaseBackupTests",
            dependencies: [
                "DatabaseBackup", "AlibabaCloudCore", "ObjectStores", "BackupBytes", "CloudTestSupport", "TestSupport",
            ]),

        // Tests: a folder a target; what they share lies in TestSupport.
        .target(
            name: "TestSupport", dependencies: ["BackupBytes", "BackupRows", "BackupText", "CBackupKernels"],
            path: "Tests/TestSupport",
            exclude: ["standin"]),
        .testTarget(name: "HouseTests", dependencies: ["TestSupport"]),
        .testTarget(
            name: "BackupArchivesTests", dependencies: ["TestSupport", "BackupArchives", "BackupBytes", "CZlib"]),
        .testTarget(name: "BackupBytesTests", dependencies: ["TestSupport", "BackupBytes"]),
        .testTarget(
            name: "BackupRowsTests", dependencies: ["TestSupport", "BackupRows", "BackupBytes", "CCharsetTables"]),
        .testTarget(
            name: "BackupParquetTests",
            dependencies: ["TestSupport", "BackupParquet", "BackupRows", "BackupBytes", "CLZ4", "CSnappy"]),
        .testTarget(
            name: "BackupChangesTests", dependencies: ["TestSupport", "BackupChanges", "BackupRows", "BackupBytes"]),
        .testTarget(
            name: "BackupTextTests", dependencies: ["TestSupport", "BackupText", "BackupRows", "BackupBytes"]),
        .testTarget(
            name: "BackupExportsTests",
            dependencies: [
                "TestSupport", "BackupExports", "BackupLake", .product(name: "Logging", package: "swift-log"),
            ]),
        .testTarget(
            name: "BackupLakeTests", dependencies: ["TestSupport", "BackupLake", "BackupRows", "BackupBytes"]),
        .testTarget(
            name: "SluiceTests", dependencies: ["TestSupport", "BackupBytes", "BackupRows", "BackupExports", "sluice"]),

        // The kernels, each against the plain one.
        .target(
            name: "KernelTrials", dependencies: ["CBackupKernels"], path: "Tests/KernelTrials", exclude: ["neon.sh"]),
        .testTarget(name: "CBackupKernelsTests", dependencies: ["CBackupKernels", "KernelTrials"]),
    ]
)
