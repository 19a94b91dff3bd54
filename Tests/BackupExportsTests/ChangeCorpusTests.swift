import BackupExports
import BackupLake
import Foundation
import TestSupport
import Testing

/// Logs of real servers with the change events that they must give.
@Suite(.enabled(if: Files.exists(Files.corpus + "/binlog"), "no corpus beside this package"))
struct ChangeCorpusTests {
    private static let folder = Files.corpus + "/binlog"
    static let cases = Files.names(in: folder).filter { Files.exists("\(folder)/\($0)/about.json") }

    private struct About: Decodable {
        struct Statement: Decodable { var sql: String }
        var files: [String]
        var structure_needed: Bool
        var statements: [Statement]
        var ddl: [String]
    }

    @Test(arguments: cases)
    func logGivesTheChangesThatTheServerSaw(name: String) async throws {
        let folder = Self.folder + "/" + name
        let about = try JSONDecoder().decode(About.self, from: Data(try Files.bytes(folder + "/about.json")))
        var options = ExportOptions()
        if about.structure_needed { options.structures = [folder + "/structure.sql"] }
        if !about.statements.isEmpty { options.changes.statements = .skip }
        let sink = CollectingSink()
        let inputs = about.files.map { ExportInput.path(folder + "/" + $0) }
        let report = try await BackupExport(inputs: inputs, options: options).convert(into: sink)
        let packed = try Files.bytes(folder + "/expected.jsonl.gz")
        let wanted = String(decoding: try Packing.gunzip(packed), as: UTF8.self).split(separator: "\n").map(String.init)
        let byTable = Self.numbered(wanted)
        for (table, lines) in byTable {
            let found = sink.text(table).split(separator: "\n").map(String.init)
            #expect(found.count == lines.count, "\(table)")
            for (line, wanted) in zip(found, lines) where line != wanted && !LooseFloats.same(line, wanted) {
                Issue.record("\(table): \(line.prefix(900)) where \(wanted.prefix(900)) belongs")
                return
            }
        }
        let statements = sink.text("_ddl").split(separator: "\n").count
        #expect(statements == about.ddl.count)
        #expect(report.rows == wanted.count + about.ddl.count)
        #expect(report.tables.allSatisfy { $0.kind == ($0.name.table == "_ddl" ? .ddl : .changes) })
    }

    /// By table, rows of one event numbered through: those of a compressed transaction have one position.
    private static func numbered(_ lines: [String]) -> [String: [String]] {
        var tables: [String: [String]] = [:], rows: [Substring: Int] = [:]
        for line in lines {
            guard let place = line.firstMatch(of: /("file":"[^"]*","pos":[0-9]+),"row":[0-9]+,"thread"/),
                let table = line.firstMatch(of: /"source":\{"db":"([^"]*)","table":"([^"]*)"/)
            else { continue }
            let row = rows[place.1, default: 0]
            rows[place.1] = row + 1
            let numbered = line.replacingCharacters(in: place.range, with: "\(place.1),\"row\":\(row),\"thread\"")
            tables["\(table.1).\(table.2)", default: []].append(numbered)
        }
        return tables
    }

    /// Other people's logs: events or a clear error.
    @Test(arguments: Files.names(in: folder + "/public").filter { $0 != "LICENSE-MIT" })
    func logsOfOthersGiveEventsOrOneError(name: String) async throws {
        var options = ExportOptions()
        options.format = .binlog
        for statements in ChangeEventOptions.Statements.allCases {
            options.changes.statements = statements
            let sink = CollectingSink()
            do {
                _ = try await BackupExport(path: Self.folder + "/public/" + name, options: options).convert(into: sink)
            } catch let error as ExportError {
                #expect(!error.why.isEmpty && !error.why.contains("\n"))
            }
            for text in sink.lines.values {
                for line in text.split(separator: 0x0A) {
                    #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(line)) }
                }
            }
        }
    }
}
