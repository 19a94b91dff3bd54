import BackupArchives
import BackupBytes
import TestSupport
import Testing

/// Archives of which too little is left to say what they are: never a row of text.
@Suite struct CutArchiveTests {
    private func kind(_ bytes: [UInt8], _ name: String) -> ContentKind? {
        bytes.withUnsafeBytes { ContentKind(cutTo: $0, name: name) }
    }

    private func read(_ bytes: [UInt8], _ name: String) throws {
        let entries = Unpacking(BytesSource(bytes), name: name, readsAhead: nil)
        while let entry = try entries.next() {
            if case .file(_, let source) = entry.content { _ = try Reading.all(source) }
        }
    }

    @Test func everyCutOfATarIsAnError() throws {
        let tar = TarWriter.archive([("shop/t/data/1.csv", "1\n")])
        for length in 1 ..< tar.count - 512 {
            #expect(throws: ArchiveFault.self, "\(length)") { try read(Array(tar.prefix(length)), "t.tar") }
        }
        // Without the name, what is left of a path is a text.
        for length in 18 ..< 512 { #expect(kind(Array(tar.prefix(length)), "stdin") == .tar, "\(length)") }
    }

    @Test(arguments: ["gzip", "zstd", "xz", "bzip2", "lz4"])
    func everyCutOfACompressedFileIsAnError(program: String) throws {
        let packed = try Packing.through([program, "-qc"], Array("1,2\n".utf8)),
            suffixes = ["gzip": "gz", "zstd": "zst", "bzip2": "bz2"]
        for length in 1 ..< packed.count {
            #expect(throws: ArchiveFault.self, "\(length) of \(packed.count)") {
                try read(Array(packed.prefix(length)), "t.csv." + (suffixes[program] ?? program))
            }
            if length > 1 {
                #expect(throws: ArchiveFault.self, "\(length) of \(packed.count), unnamed") {
                    try read(Array(packed.prefix(length)), "stdin")
                }
            }
        }
    }

    @Test(arguments: ["xz", "bzip2", "lz4"])
    func whatFollowsTheCompressedBytesIsAnError(program: String) throws {
        let packed = try Packing.through([program, "-qc"], Array("1,2\n".utf8))
        try read(packed + packed, "t.csv")
        #expect(throws: ArchiveFault.self) { try read(packed + Array("junk and more".utf8), "t.csv") }
        #expect(throws: ArchiveFault.self) { try read(packed + packed.prefix(packed.count / 2), "t.csv") }
    }

    @Test func shortTextsStayTexts() {
        for text in ["1,2\n", "(", "P", "7", "B", "id", "ustar", "PKs", "BZ2,x", "7zip\n"] {
            #expect(kind(Array(text.utf8), "t.csv") == nil, "\(text)")
        }
    }

    @Test func aTarWithAWrongChecksumIsATarStill() throws {
        var tar = TarWriter.archive([("shop/t/data/1.csv", "1\n")])
        for index in [0, 100, 149, 400] {
            tar[index] ^= 1
            #expect(throws: ArchiveFault.self, "byte \(index)") { try read(tar, "stdin") }
            tar[index] ^= 1
        }
    }

    @Test func namesInMessagesAreOneLineThatMovesNothing() {
        #expect("a\n\u{1B}[2Jb\u{202E}c\u{7F}".printable == "a\\u{A}\\u{1B}[2Jb\\u{202E}c\\u{7F}")
        #expect("shop.订单 é".printable == "shop.订单 é")
        #expect(String(repeating: "n", count: 5000).printable.count == 1001)
    }
}
