import TestSupport
import Testing

/// Who may know whom: the picture of the README, held by reading the sources.
@Suite struct ArrowTests {
    /// What each target may import beside the standard library's own modules.
    static let arrows: [String: Set<String>] = [
        "BackupBytes": ["CISAL", "CZstd", "DequeModule"],
        "BackupArchives": ["BackupBytes", "CLibarchive", "CISAL", "CLzma", "CXXHash", "CZstd"],
        "BackupRows": ["BackupBytes", "CBackupKernels", "CCharsetTables"],
        "BackupText": ["BackupBytes", "BackupRows", "CBackupKernels"],
        "BackupParquet": [
            "BackupBytes", "BackupRows", "CBackupKernels", "CBrotli", "CISAL", "CLZ4", "CSnappy", "CZstd",
        ],
        "BackupChanges": ["BackupBytes", "BackupRows", "CBackupKernels", "CISAL", "CZstd"],
        "BackupLake": ["BackupBytes", "BackupRows", "CLinux", "Crypto"],
        "BackupExports": [
            "BackupBytes", "BackupArchives", "BackupRows", "BackupText", "BackupParquet", "BackupChanges", "BackupLake",
            "CLinux",
            "Crypto",
            "DequeModule", "Logging", "Metrics", "OrderedCollections",
        ],
        "AlibabaCloudCore": ["AsyncHTTPClient", "Crypto", "Logging", "NIOCore", "NIOHTTP1", "NIOPosix", "NIOSSL"],
        "ObjectStores": ["AlibabaCloudCore", "BackupBytes", "CISAL", "Crypto", "Logging"],
        "DatabaseBackup": ["AlibabaCloudCore", "BackupBytes", "Logging", "ObjectStores"],
        "sluice": [
            "BackupExports", "BackupLake", "DatabaseBackup", "AlibabaCloudCore", "ArgumentParser", "Logging",
            "ObjectStores",
        ],
    ]
    /// The standard library and the system.
    static let ground: Set<String> = [
        "Swift", "Foundation", "FoundationEssentials", "Synchronization", "Dispatch", "Glibc", "Darwin", "Musl",
    ]

    @Test(arguments: arrows.keys.sorted())
    func targetImportsOnlyWhatItMayKnow(target: String) {
        let allowed = Self.arrows[target, default: []].union(Self.ground)
        for file in SourceFile.all where file.target == target {
            #expect(file.imports.subtracting(allowed).isEmpty, "\(file.path)")
        }
    }

    @Test func everySwiftTargetHasItsArrows() {
        let targets = Set(SourceFile.all.map(\.target))
        #expect(targets.subtracting(Self.arrows.keys).isEmpty)
        #expect(!targets.isEmpty)
    }

    @Test func packageDeclaresNoUnsafeFlags() throws {
        #expect(!(try Files.text(Files.root + "/Package.swift")).contains("unsafeFlags"))
    }

    @Test func onlyOneFileImportsAsyncHTTPClient() {
        let files = SourceFile.all.filter { $0.imports.contains("AsyncHTTPClient") }.map(\.path)
        #expect(files.count <= 1, "\(files)")
    }
}
