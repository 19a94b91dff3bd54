import BackupBytes
import BackupExports
import BackupLake
import Foundation
import Synchronization
import TestSupport
import Testing

/// Data that comes before its structure loses nothing to a kill, wherever that happens: while it is spilled, while
/// it waits, while it is read again.
@Suite struct SpillResumeTests {
    /// A tar, and where in it a run may be.
    struct Archive: CustomTestStringConvertible {
        var testDescription: String
        var bytes: [UInt8]
        /// Some checkpoint is resumed in the middle of the archive, some after its end.
        var hasMiddle = true, hasEnd = false
    }

    private static let rows = (0 ..< 60_000).map { "\($0),\($0).10,\"note \($0), caf\u{E9}\",\"0\($0 % 2)\"\n" }
        .joined()

    /// A table of the sorted walk of a folder: `data` lies before `structure.sql`.
    private static func table(_ number: Int) -> [(String, String)] {
        [
            ("shop/orders\(number)/data/1.csv", rows), ("shop/orders\(number)/structure.sql", SampleExport.orders),
        ]
    }

    private static func archives() throws -> [Archive] {
        let orders = [
            ("shop/orders/data/1.csv", rows), ("shop/orders/data/2.csv", rows),
            ("shop/orders/structure.sql", SampleExport.orders),
        ]
        let people = [
            ("shop/people/data/1.csv", "1,\"Ann\"\n2,NULL\n"), ("shop/people/structure.sql", SampleExport.people),
        ]
        let late = TarWriter.archive(orders + people)
        let crossed = TarWriter.archive([orders[0], people[0], orders[1], people[1], orders[2]])
        let inTurn = TarWriter.archive((0 ..< 3).flatMap(table))
        let none = TarWriter.archive([orders[0], people[0], ("shop/notes/data/1.csv", rows)])
        let types = TarWriter.archive([
            ("d/s/a/data/1.csv", rows),
            ("d/s/a/column_structure.sql", "CREATE TABLE s.a (id s.k, total numeric, note text, paid text);"),
            ("d/s/b/column_structure.sql", "CREATE TABLE s.b (id s.k);"),
            ("d/s/structure.sql", "CREATE DOMAIN s.k AS integer;"), ("d/s/b/data/1.csv", "7\n"),
        ])
        return [
            Archive(testDescription: "structures after the data", bytes: late),
            Archive(testDescription: "two tables that wait at once", bytes: crossed),
            Archive(testDescription: "gzip", bytes: try Packing.gzip(late, level: 1)),
            Archive(
                testDescription: "gzip, only the second table's structure after its data",
                bytes: try Packing.gzip(TarWriter.archive(table(0).reversed() + table(1)))),
            Archive(testDescription: "gzip, table by table", bytes: try Packing.gzip(inTurn, level: 1)),
            Archive(testDescription: "gzip, no structures", bytes: try Packing.gzip(none), hasEnd: true),
            Archive(
                testDescription: "zstd, large enough to wait as it came",
                bytes: try Packing.zstd(
                    TarWriter.archive([
                        ("shop/orders/data/1.csv", String(repeating: rows, count: 5)), orders[2],
                        ("shop/people/data/1.csv", "1,\"Ann\"\n"), people[1],
                    ])), hasMiddle: false),
            Archive(
                testDescription: "zstd, whose places are farther apart", bytes: try Packing.zstd(late), hasMiddle: false
            ),
            Archive(
                testDescription: "xz, which is read from its front again", bytes: try Packing.xz(crossed),
                hasMiddle: false),
            Archive(testDescription: "no structures", bytes: none, hasEnd: true),
            Archive(testDescription: "types of the schema after the data", bytes: types),
        ]
    }

    /// What only the whole input shows: whose database a dump is of, what is a stray, what a table's columns are.
    private static func wholes() throws -> [Archive] {
        let dump = { (seed: Int) in
            "CREATE TABLE public.users (id integer, note text);\nCOPY public.users (id, note) FROM stdin;\n"
                + (0 ..< 40_000).map { "\($0 + seed)\tnote \($0 * seed)\n" }.joined() + "\\.\n"
        }
        let schema = { (type: String) in "CREATE TABLE `t` (`id` int, `b` \(type));\n" }
        let data = { (seed: Int) in
            (0 ..< 40_000).map { "INSERT INTO `t` VALUES (\($0 + seed),'b\($0)');\n" }.joined()
        }
        let dumps = TarWriter.archive([("shop.sql", dump(1)), ("crm.sql", dump(2))])
        let apart = TarWriter.archive([
            ("shop-data.sql", data(1)), ("crm-data.sql", data(2)), ("shop-schema.sql", schema("blob")),
            ("crm-schema.sql", schema("varchar(9)")),
        ])
        let strays = TarWriter.archive([
            ("shop/all.sql", dump(3)), ("shop/orders/data/1.csv", rows), ("shop/extra.csv", rows),
            ("shop/orders/structure.sql", SampleExport.orders),
        ])
        let oneDatabase = TarWriter.archive([
            ("structure.sql", "CREATE DATABASE `store`;"), ("orders/data/1.csv", rows),
            ("orders/structure.sql", SampleExport.orders),
        ])
        let shell = TarWriter.archive([
            ("sh@t@0.csv", rows), ("sh@t@@1.csv", rows), ("sh@t.json", shellTable),
            ("sh@t.sql", "-- MySQLShell dump 2.0.1\n" + SampleExport.orders), ("@.json", "{}"),
            ("@.done.json", #"{"chunkFileBytes":{"sh@t@0.csv":1,"sh@t@@1.csv":1}}"#),
        ])
        return [
            Archive(testDescription: "dumps of two databases", bytes: dumps, hasEnd: true),
            Archive(testDescription: "schemas and rows of two databases", bytes: apart, hasEnd: true),
            Archive(testDescription: "strays in a tree", bytes: strays),
            Archive(testDescription: "a tree of one database", bytes: oneDatabase),
            Archive(testDescription: "a dump by MySQL Shell, rows first", bytes: shell),
            Archive(
                testDescription: "dumps of two databases, gzip", bytes: try Packing.gzip(dumps), hasMiddle: false,
                hasEnd: true),
        ]
    }

    private static let shellTable = #"""
        {"options":{"schema":"sh","table":"t","columns":["id","total","note","paid"],"fieldsTerminatedBy":",",
        "fieldsEnclosedBy":"\"","fieldsEscapedBy":"\\","linesTerminatedBy":"\n","defaultCharacterSet":"utf8mb4",
        "decodeColumns":{"paid":"UNHEX"}},
        "includesDdl":true,"includesData":true,"extension":"csv"}
        """#

    @Test(arguments: try wholes())
    func aPipeGivesTheBytesThatTheFileGives(archive: Archive) async throws {
        let scratch = try Scratch(), file = try scratch.write("shop.tar", archive.bytes)
        _ = try await BackupExport(path: file).convert(toFolder: scratch.place("file"))
        _ = try await BackupExport(source: Pipe(archive.bytes), name: "shop").convert(toFolder: scratch.place("pipe"))
        let lines = try Self.lines(in: scratch.place("file"))
        #expect(!lines.isEmpty)
        #expect(try Self.lines(in: scratch.place("pipe")) == lines)
    }

    /// Files wait as they are where 64 MiB may wait, and else as the archive's bytes or compressed again.
    @Test(arguments: try archives() + wholes(), [64 << 20, 4 << 30])
    func fromEveryCheckpoint(archive: Archive, spillLimit: Int) async throws {
        let scratch = try Scratch(), whole = scratch.place("whole"), kills = Kills(of: whole, in: scratch)
        var options = ExportOptions()
        options.limits.spill = spillLimit
        let export = BackupExport(source: Pipe(archive.bytes), name: "shop", options: options)
        let report = try await export.convert(
            toFolder: whole, files: .init(), conversion: Self.often, events: kills.note)
        #expect(report.spill.parts > 0)
        let lines = try Self.lines(in: whole), taken = kills.folders
        #expect(taken.count > 10)
        var starts: Set<Int> = []
        for number in stride(from: 0, to: taken.count, by: max(1, taken.count / Effort.rounds(12))) {
            let folder = taken[number]
            var files = FolderSink.Options()
            files.existing = .resume
            let pipe = Pipe(archive.bytes, from: FolderSink.sourceResumePoint(in: folder)?.offset ?? 0)
            starts.insert(pipe.start)
            let again = try await BackupExport(source: pipe, name: "shop", options: options).convert(
                toFolder: folder, files: files, conversion: Self.often)
            #expect(try Self.lines(in: folder) == lines)
            #expect(again.rows == report.rows && again.inputBytes == archive.bytes.count)
            #expect(again.spill.parts == report.spill.parts && again.spill.bytes == report.spill.bytes)
            #expect(!Files.exists(folder + "/.sluice.work") && Files.exists(folder + "/_SUCCESS"))
        }
        #expect(starts.contains { $0 > 0 && $0 < archive.bytes.count } == archive.hasMiddle)
        #expect(starts.contains(archive.bytes.count) == archive.hasEnd)
    }

    /// What follows is kept while a structure is looked for in it; or, where that may not be, is decoded twice.
    @Test(arguments: try archives() + wholes())
    func aFileFromEveryCheckpoint(archive: Archive) async throws {
        let scratch = try Scratch(), file = try scratch.write("shop.tar", archive.bytes)
        var keepsNothing = ExportOptions()
        keepsNothing.limits.spill = 1
        _ = try await BackupExport(path: file, options: keepsNothing).convert(toFolder: scratch.place("twice"))
        let lines = try Self.lines(in: scratch.place("twice"))
        let whole = scratch.place("whole"), kills = Kills(of: whole, in: scratch)
        let report = try await BackupExport(path: file).convert(
            toFolder: whole, files: .init(), conversion: Self.often, events: kills.note)
        #expect(try Self.lines(in: whole) == lines)
        let folders = kills.folders
        #expect(!lines.isEmpty && folders.count > 5)
        for number in stride(from: 0, to: folders.count, by: max(1, folders.count / Effort.rounds(5))) {
            var files = FolderSink.Options()
            files.existing = .resume
            let again = try await BackupExport(path: file).convert(
                toFolder: folders[number], files: files, conversion: Self.often)
            #expect(try Self.lines(in: folders[number]) == lines)
            #expect(again.rows == report.rows)
        }
    }

    /// The limit is on what waits at the same time; room of what has been read again goes back.
    @Test(arguments: [("0.spill", false), ("0.copy", true)])
    func whatHasBeenReadAgainWaitsNoMore(file: String, isGzip: Bool) async throws {
        let tar = TarWriter.archive((0 ..< 12).flatMap(Self.table)), scratch = try Scratch()
        let archive = isGzip ? try Packing.gzip(tar, level: 1) : tar
        var options = ExportOptions()
        options.limits.spill = isGzip ? archive.count / 2 : 400_000
        let largest = Mutex(0), out = scratch.place("out")
        let report = try await BackupExport(source: Pipe(archive), name: "shop", options: options).convert(
            toFolder: out, files: .init(), conversion: Self.often,
            events: { _ in
                var status = stat()
                if stat(out + "/.sluice.work/" + file, &status) == 0 {
                    largest.withLock { $0 = max($0, Int(status.st_blocks) * 512) }
                }
            })
        #expect(report.rows == 720_000)
        #expect(report.spill.compressedBytes > 3 * options.limits.spill / 2)
        let most = largest.withLock { $0 }
        #expect(most > 0 && most < report.spill.compressedBytes)
    }

    @Test func theCopyOfAnArchiveHasALimitWithAName() async throws {
        var options = ExportOptions()
        options.limits.spill = 100_000
        let gzip = try Packing.gzip(TarWriter.archive(Self.table(1)))
        let error = await #expect(throws: ExportError.self) {
            try await BackupExport(source: Pipe(gzip), name: "shop", options: options).convert(into: CollectingSink())
        }
        #expect(error?.code == .overLimit)
    }

    @Test func theCopyOfAnArchiveLeavesNothingInItsFolder() async throws {
        let scratch = try Scratch()
        var options = ExportOptions()
        options.spillFolder = scratch.path
        options.limits.spill = 64 << 20
        let gzip = try Packing.gzip(TarWriter.archive(Self.table(1))), sink = CollectingSink()
        let report = try await BackupExport(source: Pipe(gzip), name: "shop", options: options).convert(into: sink)
        #expect(sink.rows == ["shop.orders1": 60_000])
        #expect(report.spill.compressedBytes <= gzip.count && report.spill.bytes == Self.rows.utf8.count)
        #expect(Files.names(in: scratch.path).isEmpty)
    }

    @Test func aSourceFromTheMiddleIsNoWholeOne() async throws {
        let scratch = try Scratch()
        await #expect {
            try await BackupExport(source: Pipe(SampleExport.tar, from: 512), name: "shop").convert(
                toFolder: scratch.place("out"))
        } throws: {
            "\($0)".contains("byte 0 is next")
        }
    }

    private static var often: ConversionOptions {
        var options = ConversionOptions()
        options.checkpointInterval = .zero
        return options
    }

    private static func lines(in folder: String) throws -> [String: [UInt8]] {
        Dictionary(
            uniqueKeysWithValues: try Files.below(folder).filter { $0.hasSuffix(".ndjson") }.map {
                ($0, try Files.bytes(folder + "/" + $0))
            })
    }

    /// A copy of the folder at each checkpoint: what a kill at that moment leaves.
    private final class Kills: Sendable {
        private let folder: String, scratch: Scratch
        private let taken = Mutex<[String]>([])
        var folders: [String] { taken.withLock { $0 } }

        init(of folder: String, in scratch: Scratch) {
            self.folder = folder
            self.scratch = scratch
        }

        func note(_ event: ConversionEvent) {
            guard case .checkpoint = event else { return }
            taken.withLock { taken in
                let copy = scratch.place("killed-\(taken.count)")
                if (try? Program.run(["cp", "-a", "--sparse=always", folder, copy]))?.status == 0 {
                    taken.append(copy)
                }
            }
        }
    }
}

/// Bytes that come once, and from any 4 KiB on another time, as a download does.
private final class Pipe: RestartableByteSource {
    private let bytes: [UInt8]
    private let position: Atomic<Int>
    let start: Int
    var identity: String { "a pipe" }
    var length: Int? { bytes.count }

    init(_ bytes: [UInt8], from start: Int = 0) {
        self.bytes = bytes
        self.start = start
        position = Atomic(start)
    }

    func resumePoint(upTo offset: Int) -> SourceResumePoint? {
        SourceResumePoint(offset: offset >= bytes.count ? bytes.count : offset / 4096 * 4096)
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        let position = position.load(ordering: .relaxed)
        let count = min(buffer.count, 60_000, bytes.count - position)
        bytes.withUnsafeBytes { buffer.copyMemory(from: .init(rebasing: $0[position ..< position + count])) }
        self.position.store(position + count, ordering: .relaxed)
        return count
    }
}
