import BackupExports
import BackupLake
import Synchronization
import TestSupport
import Testing

/// Sets of JSON as an embedding program meets them.
@Suite struct JSONExportTests {
    private struct Order: Decodable, Equatable {
        var id: Int
        var note: String?
        var tags: [String]?
        var isPaid: Bool?
    }

    @Test func rowsAreValuesAndTheLinesOfAConversion() async throws {
        let text =
            #"{"id":1,"note":"a\u00e9\n","tags":["x", "y"],"isPaid":true}"# + "\n" + #"{"tags":null,"id":2}"# + "\n"
            + #"{"isPaid":false,"id":9007199254740993,"price":1.10}"#
        func export() -> BackupExport { BackupExport(source: BytesSource(Array(text.utf8)), name: "orders.json") }
        let sink = CollectingSink()
        let report = try await export().convert(into: sink)
        var lines = "", orders: [Order] = []
        for try await table in export().tables() {
            #expect(table.name.description == "orders")
            for try await row in table.rows {
                lines += row.json + "\n"
                orders.append(try row.decode(Order.self))
                if row.number == 3 { #expect(row["price"]?.json == "1.10" && row["note"] == nil) }
            }
        }
        #expect(lines == sink.text("orders"))
        #expect(
            orders == [
                Order(id: 1, note: "aé\n", tags: ["x", "y"], isPaid: true), Order(id: 2),
                Order(id: 9_007_199_254_740_993, isPaid: false),
            ])
        #expect(report.tables.map { $0.columns.map(\.name) } == [["id", "note", "tags", "isPaid", "price"]])
    }

    private static let rows = 60_000

    private func convert(
        _ export: BackupExport, to folder: String, resumes: Bool = false, stopAt: Int = .max
    ) async throws -> Int? {
        var files = FolderSink.Options(), conversion = ConversionOptions()
        files.existing = resumes ? .resume : .refuse
        conversion.checkpointInterval = .zero
        let resumed = Mutex<Int?>(nil), options = conversion, sinkOptions = files
        let stop = Mutex<Task<Void, any Error>?>(nil)
        let task = Task {
            _ = try await export.convert(
                toFolder: folder, files: sinkOptions, conversion: options,
                progress: { progress in if progress.rows >= stopAt { stop.withLock { $0?.cancel() } } },
                events: { event in if case .resumed(let rows) = event { resumed.withLock { $0 = rows } } })
        }
        stop.withLock { $0 = task }
        try await task.value
        return resumed.withLock { $0 }
    }

    /// The columns of rows before the stop are among those of the manifest, too.
    @Test(arguments: [true, false])
    func aStoppedConversionResumesAtARow(isArray: Bool) async throws {
        let scratch = try Scratch()
        let objects = (0 ..< Self.rows).map { row in
            row == 5 ? "{\"early\":1,\"id\":5}" : "{\"id\":\(row),\"word\":[\"w\(row % 7)\", {}]}"
        }
        let text = isArray ? "[" + objects.joined(separator: ",\n") + "]" : objects.joined(separator: "\n")
        let export = BackupExport(path: try scratch.write("rows.json", Array(text.utf8)))
        _ = try await convert(export, to: scratch.place("whole"))
        await #expect(throws: CancellationError.self) {
            _ = try await convert(export, to: scratch.place("out"), stopAt: Self.rows / 2)
        }
        let before = try #require(await convert(export, to: scratch.place("out"), resumes: true))
        #expect(before > 0 && before < Self.rows)
        let part = "/rows/part-00000.ndjson"
        #expect(try Files.bytes(scratch.place("out") + part) == Files.bytes(scratch.place("whole") + part))
        #expect(try Files.text(scratch.place("out/_manifest.json")).contains("\"early\""))
    }
}
