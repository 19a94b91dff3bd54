import Foundation
import TestSupport
import Testing

/// Parquet wherever CSV goes in: single files, folders, archives, pipes.
@Suite struct ParquetTests {
    private static let folder = Files.root + "/Tests/ParquetFiles"

    private func expected(_ name: String) throws -> [UInt8] { try Files.bytes("\(Self.folder)/\(name).ndjson") }

    @Test
    func aFileAloneCompressedInAnArchiveAndFromAPipeGivesTheSameLines() throws {
        let scratch = try Scratch(), name = "dictionary-snappy",
            bytes = try Files.bytes("\(Self.folder)/\(name).parquet")
        let alone = try Program.sluice(["convert", "\(Self.folder)/\(name).parquet", "--stdout", "-q"])
        #expect(alone.status == 0, "\(alone.errors)")
        #expect(JSONLines.fault(in: alone.output) == nil && alone.output.count > 10_000)
        try scratch.write("in/shop/\(name).parquet", bytes)
        try scratch.write("one.parquet.zst", Packing.zstd(bytes))
        try scratch.write("one.parquet.gz", Packing.gzip(bytes))
        for (command, words) in [
            (["tar", "-czf", scratch.place("a.tar.gz"), "-C", scratch.place("in"), "."], scratch.place("a.tar.gz")),
            (
                ["tar", "--zstd", "-cf", scratch.place("a.tar.zst"), "-C", scratch.place("in"), "."],
                scratch.place("a.tar.zst")
            ),
            (["true"], scratch.place("in")), (["true"], scratch.place("one.parquet.zst")),
            (["true"], scratch.place("one.parquet.gz")),
        ] {
            #expect(try Program.run(command).status == 0)
            let run = try Program.sluice(["convert", words, "--stdout", "-q"])
            #expect(run.status == 0, "\(words): \(run.errors)")
            #expect(run.output == alone.output, "\(words)")
        }
        let piped = try Program.sluice(["convert", "-", "--stdout", "-q"], input: bytes)
        #expect(piped.status == 0 && piped.output == alone.output, "\(piped.errors)")
    }

    @Test
    func aDamagedACutAndAnEncryptedFileAreRefusedByNameAndLeaveNothing() throws {
        let scratch = try Scratch(), bytes = try Files.bytes("\(Self.folder)/plain.parquet")
        let cases: [(String, [UInt8], Int32, String)] = [
            ("cut", Array(bytes.dropLast(9)), 65, "does not end with PAR1"),
            ("encrypted", Array("PARE".utf8) + bytes.dropFirst(4).dropLast(4) + Array("PARE".utf8), 66, "encrypted"),
            ("named", Array("id,name\n1,x\n".utf8), 65, "its name says Parquet"),
        ]
        for (name, bytes, status, why) in cases {
            let path = try scratch.write("\(name).parquet", bytes), out = scratch.place("out-\(name)")
            let run = try Program.sluice(["convert", path, "--output", out])
            #expect(run.status == status && run.errors.contains(why), "\(run.status) \(run.errors)")
            #expect(Output(out).signsOfCompletion.isEmpty)
        }
    }

    @Test
    func inspectShowsColumnsRowGroupsCodecAndWriter() throws {
        let run = try Program.sluice(["inspect", "\(Self.folder)/dictionary-snappy.parquet"])
        #expect(run.status == 0, "\(run.errors)")
        let text = String(decoding: run.output, as: UTF8.self)
        for words in [
            "70 rows in 3 row groups, Snappy, written by parquet-cpp", "u64  int64 as uint64",
            "dec  decimal(20,4) → number",
        ] {
            #expect(text.contains(words), "\(text)")
        }
    }

    private static let corpus = Files.corpus + "/parquet"
    private static let trees =
        Files.exists(corpus)
        ? [
            "mysql-tree.tar.gz", "mysql-tree-structure-last.tar.zst", "mysql-tree-all-strings.zip",
            "mysql-tree-mixed-with-csv.tar.gz", "pg-tree.tar.gz",
        ] : []

    /// The declared type decides: the vendor's trees, from a file and from a pipe.
    @Test(arguments: trees)
    func aTreeHasTheRowsOfItsStructuresTypes(name: String) throws {
        let stem = String(name.prefix { $0 != "." }), bytes = try Files.bytes("\(Self.corpus)/own/\(name)")
        let wanted = Files.names(in: Self.corpus + "/expected").filter { $0.hasPrefix(stem + "--") }
        #expect(!wanted.isEmpty)
        for isPiped in [false, true] where !(isPiped && name.hasSuffix(".zip")) {
            let scratch = try Scratch(), out = scratch.place("out")
            let input = isPiped ? "-" : "\(Self.corpus)/own/\(name)"
            let run = try Program.sluice(["convert", input, "--output", out], input: isPiped ? bytes : [])
            #expect(run.status == 0, "\(run.errors)")
            for file in wanted {
                let table = file.dropFirst(stem.count + 2).dropLast(".jsonl.gz".count).split(separator: ".")
                let found = try Files.text("\(out)/\(table.joined(separator: "/"))/part-00000.ndjson")
                let lines = try Packing.gunzip(try Files.bytes("\(Self.corpus)/expected/\(file)"))
                #expect(found == String(decoding: lines, as: UTF8.self), "\(file)")
            }
        }
    }
}
