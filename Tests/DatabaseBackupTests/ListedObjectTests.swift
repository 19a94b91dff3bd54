import AlibabaCloudCore
import Foundation
import TestSupport
import Testing

@testable import DatabaseBackup
@testable import ObjectStores

/// What a list says, compared with a file that is the object or a tar of it.
@Suite struct ListedObjectTests {
    private let folder: Folder
    private let log = Array("a log of some bytes".utf8)

    init() throws { folder = try Folder() }

    private func file(_ bytes: [UInt8], _ check: (FileBytes, Int64, CRC64) throws -> Void) throws {
        let path = folder.file("f")
        try Data(bytes).write(to: URL(filePath: path))
        let descriptor = open(path, O_RDONLY)
        defer { close(descriptor) }
        let file = FileBytes(descriptor: descriptor, path: path)
        try check(file, file.size, file.checksum(from: 0, to: file.size))
    }

    private func sum(_ bytes: [UInt8]) -> UInt64 {
        var sum = CRC64()
        bytes.withUnsafeBytes { sum.update($0) }
        return sum.value
    }

    private var tar: [UInt8] {
        var tar = TarWriter()
        tar.add("mysql-bin.000054", log)
        tar.end()
        return tar.bytes
    }

    @Test func aTarIsKnownByItsHeaderAndItsSum() throws {
        try file(tar) { file, size, _ in
            #expect(file.tarEntry(of: size) == FileBytes.TarEntry(start: 512, size: Int64(log.count)))
        }
        for index in [0, 130, 150, 257] {
            var other = tar
            other[index] ^= 1
            try file(other) { file, size, _ in #expect(file.tarEntry(of: size) == nil) }
        }
        for length in [0, 1, 511, 512, 520] {
            try file(Array(tar.prefix(length))) { file, size, _ in #expect(file.tarEntry(of: size) == nil) }
        }
    }

    @Test func sizeAndChecksumAreThoseOfTheObjectOrOfItsEntry() throws {
        let (tar, entry) = (sum(tar), sum(log))
        let (long, short) = (Int64(self.tar.count), Int64(log.count))
        let cases: [(Int64?, UInt64?, Bool)] = [
            (long, tar, true), (short, entry, true), (short, tar, true), (long, entry, true), (nil, tar, true),
            (short, nil, true), (nil, nil, true), (short, 1, false), (long, 1, false), (short + 1, entry, false),
            (long - 1, nil, false),
        ]
        try file(self.tar) { file, size, sum in
            let found = file.tarEntry(of: size)
            for (length, checksum, isRight) in cases {
                let listed = ListedObject(size: length, checksum: checksum)
                let describes = try listed.describes(file, size: size, sum: sum, entry: found)
                #expect(describes == isRight, "\(listed)")
            }
        }
    }

    @Test func anObjectThatCanBeNeitherIsRefusedAtOnce() throws {
        let listed = ListedObject(size: 1_000_000, checksum: nil)
        for size in [1_000_000, 1_010_240] as [Int64] { try listed.check(size: size, location: "l") }
        for size in [0, 999_999, 1_100_000] as [Int64] {
            #expect { try listed.check(size: size, location: "l") } throws: { isKind(.damaged)($0) }
        }
        try ListedObject(size: nil, checksum: nil).check(size: 5, location: "l")
    }
}
