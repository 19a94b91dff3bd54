import Foundation
import TestSupport
import Testing

/// `inspect` says of the tables what `convert` makes of them.
@Suite struct InspectNamesTests {
    /// Options of `convert` alone, and how many words follow each.
    private static let written = ["--rejects": 1, "--max-rejects": 1, "--tag": 1, "--commit": 1]

    @Test(arguments: Fixture.names)
    func inspectNamesTheTablesOfAFixtureAsConvertDoes(name: String) throws {
        let fixture = Fixture(name: name), scratch = try Scratch()
        let names = try Names(of: fixture.input, fixture.arguments(scratch: scratch), scratch)
        #expect(names.inspected == names.converted)
    }

    /// Inputs that once went wrong, and other people's dumps; not everybody has them.
    private static let others = ["/../repro", "/sql", "/dumps/cases"].flatMap { folder in
        Files.names(in: Files.corpus + folder).filter { $0 != "README.md" }.map { Files.corpus + folder + "/" + $0 }
    }

    @Test(arguments: others)
    func inspectNamesTheTablesOfOtherPeoplesFilesAsConvertDoes(path: String) throws {
        let names = try Names(of: path, [], try Scratch())
        #expect(names.inspected == names.converted)
    }

    /// Of the tables, in order. Both are empty where nothing is converted: then there is nothing to compare.
    private struct Names {
        var converted: [String] = [], inspected: [String] = []

        init(of input: String, _ words: [String], _ scratch: Scratch) throws {
            let run = try Program.sluice(["convert", input, "--output", scratch.place("out")] + words)
            guard run.status == 0 || run.status == 2 else { return }
            converted = Output(scratch.place("out")).tables.map { table in
                ["database", "schema", "table"].compactMap { table[$0] as? String }.joined(separator: ".")
            }.sorted()
            var left = words[...], read: [String] = []
            while let word = left.popFirst() {
                if let count = written[word] { left = left.dropFirst(count) } else { read.append(word) }
            }
            let inspection = try Program.sluice(["inspect", input, "--all", "--json"] + read)
            #expect(inspection.status == 0, "\(inspection.errors)")
            let report = try JSONSerialization.jsonObject(with: Data(inspection.output)) as? [String: Any]
            inspected = (report?["tables"] as? [[String: Any]] ?? []).compactMap { $0["name"] as? String }.sorted()
        }
    }
}
