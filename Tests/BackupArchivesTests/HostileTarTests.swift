import BackupArchives
import BackupBytes
import TestSupport
import Testing

/// Tars that nobody means well with: read, refused or an error, and always soon.
@Suite struct HostileTarTests {
    /// Paths of files, and reasons of what was refused.
    private func walk(_ bytes: [UInt8], chunk: Int = .max) throws -> (files: [String], refused: [String]) {
        let entries = Unpacking(BytesSource(bytes, chunk: chunk), name: "t.tar", readsAhead: nil)
        var files: [String] = [], refused: [String] = []
        while let entry = try entries.next() {
            switch entry.content {
            case .file(_, let source):
                _ = try Reading.all(source)
                files.append(entry.path)
            case .refused(let why): refused.append("\(entry.path): \(why)")
            }
        }
        return (files, refused)
    }

    @Test func linksDevicesAndPathsThatLeadOut() throws {
        var tar = TarWriter()
        tar.add("../up.csv", "x")
        tar.add("a/../../up.csv", "x")
        tar.add("/etc/passwd", "x")
        tar.add("link", type: "2", link: "/etc/passwd")
        tar.add("hard", type: "1", link: "a.csv")
        tar.add("char", type: "3")
        tar.add("block", type: "4")
        tar.add("fifo", type: "6")
        tar.add("folder/", type: "5")
        tar.add("a..b/..c.csv", "x")
        tar.end()
        let found = try walk(tar.bytes)
        #expect(found.files == ["a..b/..c.csv"])
        #expect(found.refused.count == 9, "\(found.refused)")
    }

    @Test(.timeLimit(.minutes(1))) func tenThousandEntries() throws {
        var tar = TarWriter()
        for number in 0 ..< 10_000 { tar.add("d/\(number).csv", "\(number)\n") }
        tar.end()
        #expect(try walk(tar.bytes).files.count == 10_000)
    }

    @Test func pathsHaveALimit() throws {
        let folders = String(repeating: "d/", count: 2045)
        for (name, fits) in [(folders + "12.csv", true), (folders + "123.csv", false)] {
            let tar = TarWriter.archive([(name, "x")])
            for chunk in [100, .max] {
                if fits {
                    #expect(try walk(tar, chunk: chunk).files == [name])
                } else {
                    #expect(throws: ArchiveFault.overLimit(.path, 4096)) { try walk(tar, chunk: chunk) }
                }
            }
        }
    }

    @Test func cutAnywhereOrWithAChangedByteEndsInAnErrorOrARead() throws {
        let whole = TarWriter.archive([("a/1.csv", "one\n"), ("a/2.csv", String(repeating: "two\n", count: 200))])
        for cut in stride(from: 1, to: whole.count - 512, by: 37) {
            #expect(throws: (any Error).self, "cut at \(cut)") {
                _ = try walk(Array(whole.prefix(cut)))
            }
        }
        var random = SeededRandom(seed: 9)
        for _ in 0 ..< Effort.rounds(300) {
            var changed = whole
            changed[Int.random(in: 0 ..< 512, using: &random)] = UInt8.random(in: 0 ... 255, using: &random)
            let found = try? walk(changed)
            #expect(found == nil || found!.files.count <= 2)
        }
    }

    @Test func severalTarsOneAfterAnother() throws {
        let first = TarWriter.archive([("a.csv", "1")]), second = TarWriter.archive([("b.csv", "2")])
        #expect(try walk(first + second).files == ["a.csv", "b.csv"])
        #expect(try walk(first + second, chunk: 512).files == ["a.csv", "b.csv"])
    }

    @Test func layersHaveALimit() throws {
        var bytes = Array("a,b\n".utf8)
        for _ in 0 ..< 6 { bytes = try Packing.gzip(bytes) }
        #expect(try walk(bytes).files.count == 1)
        #expect(throws: ArchiveFault.overLimit(.layers, 6)) { try walk(try Packing.gzip(bytes)) }
    }
}
