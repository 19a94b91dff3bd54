import BackupExports
import Testing

/// `--table` and `--exclude`: globs over the full name.
@Suite struct TableFilterTests {
    @Test(arguments: [
        ("shop.orders", true), ("shop.*", true), ("*", true), ("*.orders", true), ("shop.order?", true),
        ("shop.[a-p]rders", true),
        ("s*p.o*r*s", true), ("shop.[!x]rders", true), ("shop.[xo]rders", true),
        ("orders", false), ("shop", false), ("shop.order", false), ("shop.orders?", false), ("Shop.orders", false),
        ("shop.[!o]rders", false),
        ("shop.[", false), ("", false), ("shop.[]rders", false),
    ])
    func pattern(pattern: String, matches: Bool) {
        #expect(TableFilter(included: [pattern]).wants(TableName(database: "shop", table: "orders")) == matches)
    }

    @Test func namesOfThreeParts() {
        let name = TableName(database: "shop", schema: "public", table: "orders")
        #expect(TableFilter(included: ["shop.public.*"]).wants(name))
        #expect(!TableFilter(included: ["public.orders"]).wants(name))
    }

    @Test func excludedCountsMoreThanIncluded() {
        let filter = TableFilter(included: ["shop.*"], excluded: ["*.log*"])
        #expect(filter.wants(TableName(database: "shop", table: "orders")))
        #expect(!filter.wants(TableName(database: "shop", table: "logs")))
        #expect(!filter.wants(TableName(database: "other", table: "orders")))
    }

    /// A pattern of many stars is no trap.
    @Test(.timeLimit(.minutes(1))) func manyStarsEndSoon() {
        let pattern = String(repeating: "*a", count: 20) + "b"
        #expect(!TableFilter(included: [pattern]).wants(TableName(table: String(repeating: "a", count: 60))))
    }

    @Test func whatMatchesNothingIsSaidToBeThePatterns() async throws {
        func refusal(_ text: String, _ filter: TableFilter) async throws -> String? {
            var options = ExportOptions()
            options.tables = filter
            let export = BackupExport(source: BytesSource(Array(text.utf8)), name: "x.sql", options: options)
            return await #expect(throws: ExportError.self) { try await export.convert(into: CollectingSink()) }?.why
        }
        #expect(
            try await refusal("INSERT INTO t VALUES (1);\n", TableFilter(included: ["nope"]))
                == "there is no table in it that is to be read")
        #expect(try await refusal("SELECT 1;\n", TableFilter()) == "there are no tables in it")
    }
}
