import BackupExports
import BackupLake
import Foundation
import Synchronization
import TestSupport
import Testing

/// Structures beside the input (`ExportOptions.structures`): the lines are those of the same export with its structures
/// inside, nothing waits for them, and what contradicts them is refused.
@Suite struct GivenStructureTests {
    private static let samples = [
        "shop-mysql-csv.tar.gz", "shop-mysql-csv-with-header.tar.zst", "shop-mysql-parquet.tar.zst",
        "shop-mysql-sql.zip", "shop-postgresql-csv.tar.gz", "shop-postgresql-csv-with-header.zip",
        "shop-postgresql-parquet.tar.zst", "shop-postgresql-sql-copy.tar.zst",
    ]

    private func lines(_ export: BackupExport) async throws -> (lines: [String: [UInt8]], ConversionReport) {
        let sink = CollectingSink(), report = try await export.convert(into: sink)
        return (sink.lines, report)
    }

    private func options(_ structures: String..., change: (inout ExportOptions) -> Void = { _ in }) -> ExportOptions {
        var options = ExportOptions()
        options.structures = structures
        change(&options)
        return options
    }

    private func error(_ export: BackupExport) async throws -> ExportError {
        try #require(await #expect(throws: ExportError.self) { _ = try await lines(export) })
    }

    // MARK: Values

    @Test(arguments: samples)
    func dataAloneGivesTheLinesOfTheWholeExport(name: String) async throws {
        let scratch = try Scratch(), sample = Files.root + "/samples/exports/" + name
        try FileManager.default.createDirectory(atPath: scratch.place("in"), withIntermediateDirectories: true)
        let unpack =
            name.hasSuffix(".zip")
            ? ["python3", "-m", "zipfile", "-e", sample, scratch.place("in")]
            : ["tar", "-xf", sample, "-C", scratch.place("in")]
        #expect(try Program.run(unpack).status == 0)
        let whole = try await lines(BackupExport(path: scratch.place("in"))).lines
        for file in Files.below(scratch.place("in")) where file.hasSuffix("structure.sql") {
            try FileManager.default.removeItem(atPath: scratch.place("in/" + file))
        }
        let packed = ["tar", "-cf", scratch.place("data.tar"), "-C", scratch.place("in"), "."]
        #expect(try Program.run(packed).status == 0)
        let tar = try Files.bytes(scratch.place("data.tar")), options = options(sample) { $0.duplicates = .append }
        for export in [
            BackupExport(path: scratch.place("in"), options: options),
            BackupExport(source: BytesSource(tar), name: "data.tar", options: options),
        ] {
            let (found, report) = try await lines(export)
            // A table without a file of rows is known by its structure alone; a tar has its files in any order.
            for (table, wanted) in whole where !wanted.isEmpty {
                #expect(Self.sorted(found[table] ?? []) == Self.sorted(wanted), "\(table)")
            }
            #expect(name.contains("parquet") || report.spill.bytes == 0)
            #expect(report.tables.allSatisfy { $0.warnings.isEmpty || whole[$0.name.description] != nil })
        }
    }

    private static func sorted(_ lines: [UInt8]) -> [String] {
        String(decoding: lines, as: UTF8.self).split(separator: "\n").map(String.init).sorted()
    }

    private static let rows = SampleExport.part(1 ... 120)

    @Test func loneFileAndStreamHaveNamesAndTypes() async throws {
        let scratch = try Scratch(), structure = try scratch.write("shop.tar", SampleExport.tar)
        let whole = try await lines(BackupExport(path: structure)).lines["shop.orders"] ?? []
        let first = whole.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)[..<120]
        let wanted = Array(first.joined(separator: [UInt8(ascii: "\n")])) + [UInt8(ascii: "\n")]
        let chosen = options(structure) { $0.tables.included = ["shop.orders"] }
        for (name, options) in [
            ("orders.csv", options(structure)), ("orders_0_part0.csv", options(structure)), ("x.csv", chosen),
        ] {
            let path = try scratch.write(name, Self.rows)
            let found = try await lines(BackupExport(path: path, options: options)).lines
            #expect(found == ["shop.orders": wanted], "\(name)")
        }
        let stream = BackupExport(source: BytesSource(Array(Self.rows.utf8)), name: "stdin", options: chosen)
        #expect(try await lines(stream).lines == ["shop.orders": wanted])
        var table: [String] = []
        for try await next in BackupExport(path: scratch.place("orders.csv"), options: options(structure)).tables() {
            table.append("\(next.name) \(next.columns.map(\.name)) \(next.columns.map(\.json))")
        }
        #expect(table == [#"shop.orders ["id", "total", "note", "paid"] ["number", "number", "string", "number"]"#])
        let inspected = try await BackupExport(path: scratch.place("orders.csv"), options: options(structure)).inspect()
        #expect(inspected.tables.map(\.name) == ["shop.orders"])
    }

    @Test func valuesAsTextKeepTheNames() async throws {
        let scratch = try Scratch()
        let structure = try scratch.write("s.sql", "CREATE TABLE `t` (`id` int, `total` decimal(5,2), `note` text);\n")
        let path = try scratch.write("t.csv", "1,1.10,\"x\"\n")
        let options = options(structure) { $0.values.types = .text }
        let found = try await lines(BackupExport(path: path, options: options)).lines
        #expect(found == ["t": Array("{\"id\":\"1\",\"total\":\"1.10\",\"note\":\"x\"}\n".utf8)])
    }

    @Test func rowsOfADumpFindTheirTypes() async throws {
        let scratch = try Scratch(),
            structure = try scratch.write("shop.sql", "CREATE TABLE `t` (`a` int, `b` blob);\n")
        let path = try scratch.write("rows.sql", "INSERT INTO `t` VALUES (1,'ab');\n")
        let found = try await lines(BackupExport(path: path, options: options(structure))).lines
        #expect(found == ["t": Array("{\"a\":1,\"b\":\"YWI=\"}\n".utf8)])
    }

    // MARK: What does not fit

    @Test func tableThatIsNotDeclaredIsNamedInAWarning() async throws {
        let scratch = try Scratch(), structure = try scratch.write("shop.tar", SampleExport.tar)
        let path = try scratch.write("other.csv", "1,2\n")
        let report = try await lines(BackupExport(path: path, options: options(structure))).1
        let warning =
            "read without a structure: \(structure) declares no table of this name, but shop.empty, shop.orders, "
            + "shop.people"
        #expect(report.tables.flatMap(\.warnings) == [warning])
        #expect(report.tables.first?.columns.map(\.name) == ["c1", "c2"])
    }

    @Test func nothingIsGuessedBetweenTwoTables() async throws {
        let scratch = try Scratch()
        let structure = try scratch.write("both.sql", "CREATE TABLE `a`.`t` (`x` int); CREATE TABLE `b`.`t` (`x` int);")
        let path = try scratch.write("t.csv", "1\n")
        let error = try await error(BackupExport(path: path, options: options(structure)))
        #expect(error.code == .badStructure && error.entry == "t.csv" && error.why.hasSuffix("its rows are: a.t, b.t"))
        // Of a nameless stream, every table could be.
        let stream = BackupExport(source: BytesSource(Array("1\n".utf8)), name: "stdin", options: options(structure))
        #expect(try await self.error(stream).code == .badStructure)
    }

    @Test func numberOfFieldsHasToAgree() async throws {
        let scratch = try Scratch(), structure = try scratch.write("s.sql", SampleExport.orders)
        let path = try scratch.write("orders.csv", "1,1.10,\"x\"\n")
        #expect(try await error(BackupExport(path: path, options: options(structure))).code == .badRow)
        let header = try scratch.write("orders.wh.csv", "id,sum\n1,2\n")
        let error = try await error(BackupExport(path: header, options: options(structure)))
        #expect(error.code == .badStructure && error.why.contains("“sum”"))
    }

    @Test(arguments: [true, false], [true, false])
    func structureOfTheInputHasToAgree(isFile: Bool, isEarly: Bool) async throws {
        let scratch = try Scratch()
        let changed = SampleExport.orders.replacing("decimal(10,2)", with: "varchar(10)")
        let same = SampleExport.orders.replacing("`id` bigint", with: "`id` bigint(20)")
        for (name, declared, isRefused) in [("changed", changed, true), ("same", same, false)] {
            let structure = try scratch.write("\(name)/shop/orders/structure.sql", declared)
            let folder = String(structure.dropLast("/shop/orders/structure.sql".count))
            let tar = isEarly ? SampleExport.tar : SampleExport.tarWithLateStructures
            let path = try scratch.write("in.tar", tar)
            let export =
                isFile
                ? BackupExport(path: path, options: options(folder))
                : BackupExport(source: BytesSource(tar), name: "in.tar", options: options(folder))
            guard isRefused else {
                #expect(try await lines(export).lines.count == 3)
                continue
            }
            let error = try await error(export)
            #expect(error.code == .badStructure && error.table?.description == "shop.orders")
            #expect(error.why.hasSuffix("column 2 is total decimal(10,2), not total varchar(10)"))
        }
    }

    @Test func twoStructuresHaveToAgree() async throws {
        let scratch = try Scratch(), path = try scratch.write("t.csv", "1\n")
        let first = try scratch.write("a.sql", "CREATE TABLE `s`.`t` (`x` int);")
        let same = try scratch.write("b.sql", "CREATE TABLE `s`.`t` (`x` int(11));")
        let other = try scratch.write("c.sql", "CREATE TABLE `s`.`t` (`x` text);")
        #expect(try await lines(BackupExport(path: path, options: options(first, same))).lines.count == 1)
        #expect(try await error(BackupExport(path: path, options: options(first, other))).entry == other)
    }

    @Test func structureOfTheOtherServerIsRefused() async throws {
        let scratch = try Scratch(), path = try scratch.write("t.csv", "1,\n")
        let structure = try scratch.write("s.sql", "CREATE TABLE public.t (x integer, y text[]);")
        let error = try await error(BackupExport(path: path, options: options(structure) { $0.dialect = .mysql }))
        #expect(error.code == .badStructure && error.why.contains("PostgreSQL"))
    }

    // MARK: What is no structure

    @Test func whatDeclaresNoTableCannotBeRead() async throws {
        let scratch = try Scratch(), path = try scratch.write("t.csv", "1\n")
        try FileManager.default.createDirectory(atPath: scratch.place("empty"), withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            atPath: scratch.place("loop"), withDestinationPath: scratch.place("loop"))
        try FileManager.default.createSymbolicLink(
            atPath: scratch.place("empty/loop"), withDestinationPath: scratch.place("empty"))
        let structures = [
            scratch.place("none"), scratch.place("loop"), scratch.place("empty"), path,
            try scratch.write("zero.sql", ""), try scratch.write("words.sql", "no SQL at all\n"),
            try scratch.write("rows.sql", "INSERT INTO `t` VALUES (1);\n"),
            try scratch.write("noise", (0 ..< 4096).map { UInt8(truncatingIfNeeded: $0 &* 167 ^ $0 >> 3) }),
        ]
        for structure in structures {
            let error = try await error(BackupExport(path: path, options: options(structure)))
            #expect([.unreadable, .noTables, .notConvertible].contains(error.code), "\(error)")
            #expect(error.description.contains(structure), "\(error)")
        }
    }

    /// Rows of the dump are passed over, in little memory, and what follows them counts.
    @Test func onlyWhatADumpDeclaresCounts() async throws {
        let scratch = try Scratch(), path = try scratch.write("t.csv", "1.10\n")
        let rows = "INSERT INTO `big` VALUES (1,'\(String(repeating: "x", count: 1000))');\n"
        let dump =
            "CREATE TABLE `big` (`a` int, `b` text);\n" + String(repeating: rows, count: 20_000)
            + "CREATE TABLE `t` (`price` decimal(4,2));\n"
        let structure = try scratch.write("dump.sql", dump)
        let found = try await lines(BackupExport(path: path, options: options(structure))).lines
        #expect(found == ["t": Array("{\"price\":1.10}\n".utf8)])
    }

    // MARK: Resuming

    @Test func resumedRunNeedsTheSameStructure() async throws {
        let scratch = try Scratch(), path = try scratch.write("orders.csv", SampleExport.part(1 ... 60_000))
        let first = try scratch.write("a/structure.sql", SampleExport.orders)
        let same = try scratch.write("b/structure.sql", SampleExport.orders)
        let other = try scratch.write(
            "c/structure.sql", SampleExport.orders.replacing("decimal(10,2)", with: "varchar(20)"))
        func convert(_ structure: String?, resumes: Bool, stops: Bool = false) async throws {
            var files = FolderSink.Options(), conversion = ConversionOptions(), options = ExportOptions()
            files.existing = resumes ? .resume : .refuse
            conversion.checkpointInterval = .zero
            options.structures = structure.map { [$0] } ?? []
            let export = BackupExport(path: path, options: options)
            let stop = Mutex<Task<Void, any Error>?>(nil)
            let task = Task { [files, conversion] in
                _ = try await export.convert(
                    toFolder: scratch.place("out"), files: files, conversion: conversion,
                    progress: { progress in
                        if stops && progress.rows > 20_000 { stop.withLock { $0?.cancel() } }
                    })
            }
            stop.withLock { $0 = task }
            try await task.value
        }
        await #expect(throws: CancellationError.self) { try await convert(first, resumes: false, stops: true) }
        for structure in [other, nil] {
            let error = await #expect(throws: ExportError.self) { try await convert(structure, resumes: true) }
            #expect(error?.code == .outputExists && error?.why.contains("structures") == true, "\(error as Any)")
        }
        try await convert(same, resumes: true)
        #expect(try Files.text(scratch.place("out/orders/part-00000.ndjson")).split(separator: "\n").count == 60_000)
    }
}
