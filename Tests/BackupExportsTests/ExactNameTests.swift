import BackupExports
import TestSupport
import Testing

/// Two tables whose names only Unicode takes for the same: an Å that is one character, and one that is two.
@Suite struct ExactNameTests {
    private let scratch: Scratch
    private let dump: String

    init() throws {
        scratch = try Scratch()
        dump = try scratch.write(
            "shop.sql",
            Array(
                """
                CREATE TABLE `\u{212B}` (`a` int);
                CREATE TABLE `A\u{30A}` (`b` int);
                INSERT INTO `\u{212B}` VALUES (1);
                INSERT INTO `A\u{30A}` VALUES (2);
                INSERT INTO `\u{212B}` VALUES (3);

                """.utf8))
    }

    @Test func tablesThatDifferOnlyInTheirNormalForm() async throws {
        let report = try await BackupExport(path: dump).convert(toFolder: scratch.place("out"))
        #expect(report.tables.map(\.rows) == [2, 1])
        #expect(try Files.text(scratch.place("out/%E2%84%AB/part-00000.ndjson")) == "{\"a\":1}\n{\"a\":3}\n")
        #expect(try Files.text(scratch.place("out/A%CC%8A/part-00000.ndjson")) == "{\"b\":2}\n")
    }

    @Test func inspectionNamesBoth() async throws {
        let found = try await BackupExport(path: dump).inspect()
        #expect(found.tables.map { Array($0.name.utf8) } == [[0xE2, 0x84, 0xAB], [0x41, 0xCC, 0x8A]])
    }

    @Test func aPatternMeansTheCharactersItIsWrittenWith() {
        let names = ["\u{212B}", "A\u{30A}"].map { TableName(database: "shop", table: $0) }
        for (index, name) in names.enumerated() {
            #expect(names.map { TableFilter(included: [name.description]).wants($0) } == [index == 0, index == 1])
        }
        #expect(TableFilter(included: ["shop.*"]).wants(TableName(database: "shop", table: "\u{30A}x")))
    }

    @Test func aHeaderNamesTheColumnsOfTheStructureByTheirBytes() async throws {
        let structure = ("shop/t/structure.sql", "CREATE TABLE t (`\u{212B}` int);")
        func convert(_ header: String) async throws -> [String: [UInt8]] {
            let sink = CollectingSink()
            _ = try await BackupExport(
                source: BytesSource(TarWriter.archive([structure, ("shop/t/data/1.wh.csv", "\(header)\n1\n")])),
                name: "x"
            ).convert(into: sink)
            return sink.lines
        }
        #expect(try await convert("\u{212B}") == ["shop.t": Array("{\"\u{212B}\":1}\n".utf8)])
        await #expect { try await convert("A\u{30A}") } throws: {
            "\($0)".contains("which the structure does not declare")
        }
    }

    @Test func anAccentAfterASlashHidesNoFolder() async throws {
        let sink = CollectingSink(),
            tar = TarWriter.archive([
                ("shop/\u{301}t/structure.sql", "CREATE TABLE t (a int);"), ("shop/\u{301}t/data/1.csv", "1\n"),
            ])
        _ = try await BackupExport(source: BytesSource(tar), name: "x").convert(into: sink)
        #expect(sink.lines == ["shop.\u{301}t": Array("{\"a\":1}\n".utf8)])
    }

    /// The bytes of names in archives, which libarchive would bring into one normal form.
    @Test(arguments: [
        "names-nfd-in-a-pax-tar/input.tar", "names-nfd-in-a-zip/input.zip", "names-nfd-in-a-7z/input.7z",
        "names-nfd-in-a-folder/input",
    ])
    func namesInArchivesKeepTheirBytes(fixture: String) async throws {
        let path = Files.fixtures + "/" + fixture
        var exports = [BackupExport(path: path)]
        if fixture.hasSuffix(".zip") || fixture.hasSuffix(".tar") {
            exports += [1, 7, 4096].map {
                BackupExport(source: BytesSource((try? Files.bytes(path)) ?? [], chunk: $0), name: "pipe")
            }
        }
        for (number, export) in exports.enumerated() {
            _ = try await export.convert(toFolder: scratch.place("names\(number)"))
            #expect(try Files.text(scratch.place("names\(number)/shop/caf%C3%A9/part-00000.ndjson")) == "{\"id\":7}\n")
            #expect(
                try Files.text(scratch.place("names\(number)/shop/cafe%CC%81/part-00000.ndjson"))
                    == "{\"id\":\"007\"}\n")
        }
    }
}
