import BackupExports
import TestSupport
import Testing

/// What an embedding program does with the library.
@Suite struct LibraryTests {
    private func export(_ options: ExportOptions = ExportOptions()) -> BackupExport {
        BackupExport(source: BytesSource(SampleExport.tar), name: "shop.tar", options: options)
    }

    @Test func tablesAndRowsFromAPath() async throws {
        let scratch = try Scratch(), path = try scratch.write("shop.tar", SampleExport.tar)
        var seen: [String: [Int]] = [:]
        for try await table in BackupExport(path: path).tables() {
            for try await row in table.rows {
                seen[table.name.description, default: []].append(try row["id"]?.int ?? -1)
            }
        }
        #expect(seen == ["shop.orders": Array(1 ... 200), "shop.people": [1, 2]])
    }

    @Test func valuesOfARowAreThoseOfTheLines() async throws {
        let sink = CollectingSink()
        _ = try await export().convert(into: sink)
        var text = ""
        for try await table in export().tables() where table.name.table == "orders" {
            #expect(table.columns.map(\.name) == ["id", "total", "note", "paid"])
            #expect(table.columns.map(\.type) == ["bigint", "decimal(10,2)", "text", "bit(1)"])
            for try await row in table.rows {
                if row.number == 7 && text.isEmpty == false, try row["id"]?.int == 7 {
                    #expect(row["total"]?.json == "7.10")
                    #expect(row["note"]?.string == "note 7, café \"q\"")
                    #expect(try row["paid"]?.int == 1)
                    #expect(row["none"] == nil)
                }
                text += row.json + "\n"
            }
        }
        #expect(text == sink.text("shop.orders"))
        #expect(text.split(separator: "\n").count == 200)
    }

    @Test func batchesAreWholeAndATableMayBeLeftEarly() async throws {
        var tables: [String] = [], rows = 0
        for try await table in export().tables() {
            tables.append(table.name.description)
            for try await batch in table.batches {
                rows += batch.count
                #expect(!batch.isEmpty)
                break
            }
        }
        #expect(tables == ["shop.orders", "shop.people"])
        #expect(rows == 122)
    }

    @Test func anOwnSinkIsCalledForEverythingInOrder() async throws {
        let sink = CollectingSink()
        let report = try await export().convert(into: sink)
        #expect(sink.events == ["begin shop.orders", "begin shop.people", "begin shop.empty", "commit"])
        #expect(sink.rows == ["shop.orders": 200, "shop.people": 2])
        #expect(report.rows == 202)
        #expect(report.bytes == sink.lines.values.reduce(0) { $0 + $1.count })
        #expect(report.inputBytes == SampleExport.tar.count)
        for bytes in sink.lines.values { #expect(JSONLines.fault(in: bytes) == nil) }
    }

    @Test func aFolderIsReadLikeItsArchiveAndItsBytesAreCounted() async throws {
        let scratch = try Scratch(), fromFolder = CollectingSink(), fromArchive = CollectingSink()
        for (name, text) in SampleExport.files { try scratch.write(name, text) }
        let report = try await BackupExport(path: scratch.path).convert(into: fromFolder)
        _ = try await export().convert(into: fromArchive)
        #expect(fromFolder.lines == fromArchive.lines)
        #expect(report.inputBytes == SampleExport.files.reduce(0) { $0 + $1.1.utf8.count })
    }

    @Test(arguments: 0 ..< 3)
    func ownSinkThatFailsEndsTheConversion(write: Int) async throws {
        let sink = CollectingSink(failsAt: write)
        await #expect(throws: CollectingSink.Broken.self) { try await export().convert(into: sink) }
        #expect(sink.events.last == "abandon")
        #expect(!sink.events.contains("commit"))
    }

    @Test(arguments: [1, 2, 8])
    func anyNumberOfThreadsGivesTheSameLines(jobs: Int) async throws {
        let plain = CollectingSink(), threaded = CollectingSink()
        var conversion = ConversionOptions()
        conversion.jobs = jobs
        _ = try await export().convert(into: plain)
        _ = try await export().convert(into: threaded, conversion: conversion)
        #expect(plain.lines == threaded.lines)
    }

    @Test func errorsSayWhatAndWhere() async throws {
        let tar = TarWriter.archive([
            ("shop/people/structure.sql", SampleExport.people), ("shop/people/data/1.csv", "1,\"Ann\"\nx,\"Bob\"\n"),
        ])
        let export = BackupExport(source: BytesSource(tar), name: "shop.tar")
        let error = await #expect(throws: ExportError.self) { try await export.convert(into: CollectingSink()) }
        #expect(error?.code == .badRow)
        #expect(error?.entry == "shop.tar!shop/people/data/1.csv")
        #expect(error?.table?.description == "shop.people")
        #expect(error?.row == 2)
        #expect(error?.column == "id")
        #expect(error?.offset == 8)
    }

    @Test(arguments: [nil, true]) func inspectionOfALoneFileNamesItsTable(hasHeader: Bool?) async throws {
        var options = ExportOptions()
        options.csv.hasHeader = hasHeader
        let found = try await BackupExport(
            source: BytesSource(Array("id,name\n1,Ann\n".utf8)), name: "people.csv", options: options
        ).inspect()
        #expect(found.tables.map(\.name) == ["people"])
        #expect(found.tables.first?.columns.map(\.name) == (hasHeader == true ? ["id", "name"] : ["c1", "c2"]))
    }

    @Test func moreThreadsThanAnyMachineHasAreASlip() async throws {
        for jobs in [-1, ConversionOptions.mostJobs + 1, .max] {
            var conversion = ConversionOptions()
            conversion.jobs = jobs
            let error = await #expect(throws: ExportError.self) {
                try await export().convert(into: CollectingSink(), conversion: conversion)
            }
            #expect(error?.code == .badOption)
        }
    }

    @Test func inspectionSaysWhatIsThere() async throws {
        let found = try await export().inspect()
        #expect(found.tables.map(\.name) == ["shop.orders", "shop.people", "shop.empty"])
        #expect(found.isWhole)
        #expect(found.entries.first { $0.path == "shop/orders/data/1.csv" }?.table == "shop.orders")
        #expect(JSONLines.fault(in: [UInt8](try found.json())) == nil)
    }
}
