import BackupRows
import TestSupport
import Testing

@testable import BackupExports

/// Which table of the structures beside the input a file of rows is of.
@Suite struct GivenMatchTests {
    /// `shop` and `crm` have `orders`, `shop` alone has `items` and `items_2024`; `sales` of PostgreSQL has `visits` in
    /// two schemas, and `stock`; `plain` and `Mixed` have no database.
    private static let structures = [
        """
        CREATE TABLE `shop`.`orders` (`id` int); CREATE TABLE `crm`.`orders` (`id` int);
        CREATE TABLE `shop`.`items` (`id` int); CREATE TABLE `shop`.`items_2024` (`id` int);
        CREATE TABLE `plain` (`id` int); CREATE TABLE `Mixed` (`id` int) ENGINE=InnoDB;
        """,
        """
        \\connect sales
        CREATE TABLE public.visits (id integer); CREATE TABLE audit.visits (id integer);
        CREATE TABLE public.stock (id integer, t text[]);
        """,
    ]

    private static func tables() throws -> GivenTables {
        let scratch = try Scratch()
        var options = ExportOptions()
        options.structures = [
            try scratch.write("mysql.sql", structures[0]), try scratch.write("postgresql.sql", structures[1]),
        ]
        return try GivenStructures(options).tables()
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let path: String
        let table: String
        var outer: [String] = []
        var isAlone = true
        var chosen: [String] = []

        init(_ path: String, _ table: String, in outer: [String] = [], isAlone: Bool = true, chosen: [String] = []) {
            (self.path, self.table, self.outer, self.isAlone, self.chosen) = (path, table, outer, isAlone, chosen)
        }

        var testDescription: String { "\((outer + [path]).joined(separator: "/")) \(chosen)" }
    }

    private static let cases: [Case] = [
        // A lone file, by the name of the table, where one table has it.
        Case("items.csv", "shop.items"), Case("items.parquet", "shop.items"), Case("items.json", "shop.items"),
        Case("plain.csv", "plain"), Case("mixed.csv", "Mixed"), Case("unknown.csv", "none"),
        Case("orders.csv", "crm.orders or shop.orders"), Case("stock.csv", "sales.public.stock"),
        // By its database, too: in the name of the file, or in its path.
        Case("shop.orders.csv", "shop.orders"), Case("crm.orders.00001.csv", "crm.orders"),
        Case("other.orders.csv", "none"), Case("shop.plain.csv", "shop.plain"),
        Case("orders.csv", "shop.orders", in: ["data", "shop"]), Case("orders.csv", "crm.orders", in: ["CRM"]),
        Case("sales.stock.csv", "sales.public.stock"), Case("public.stock.csv", "sales.public.stock"),
        Case("audit.visits.csv", "sales.audit.visits"),
        Case("sales.visits.csv", "sales.audit.visits or sales.public.visits"),
        Case("visits.csv", "sales.public.visits", in: ["sales", "public"]),
        // By what the user chooses.
        Case("orders.csv", "crm.orders", chosen: ["crm.*"]), Case("x.csv", "shop.items", chosen: ["shop.items"]),
        Case("x.csv", "none", chosen: ["shop.*"]), Case("x.csv", "none", isAlone: false, chosen: ["shop.items"]),
        // Parts of a table: the longest name of a table counts.
        Case("items_0_part0.csv", "shop.items"), Case("items_2024_0_part1.parquet", "shop.items_2024"),
        Case("items_2024.csv", "shop.items_2024"), Case("items_2025.csv", "shop.items"),
        Case("items.00001.csv", "shop.items"), Case("items-part-3.parquet", "shop.items"),
        Case("shop.orders_0_part0.parquet", "shop.orders"), Case("itemsx_0_part0.csv", "none"),
        // A folder of parts, as the input, or around the file.
        Case("part-0.parquet", "shop.items", in: ["items"], isAlone: false),
        Case("part-00000-4f1c.c000.snappy.parquet", "shop.items", in: ["shop", "items"], isAlone: false),
        Case("orders_0_part0.parquet", "crm.orders", in: ["crm", "orders"], isAlone: false),
        Case("shop/orders/part-1.csv", "shop.orders", isAlone: false),
        Case("00000.csv", "shop.orders", in: ["shop", "orders", "data"]),
        Case("orders_0_part0.csv", "shop.orders", in: ["shop", "orders", "data"]),
        // Folders in the input may be databases, or say nothing.
        Case("shop/orders.csv", "shop.orders", isAlone: false), Case("2025/items.csv", "shop.items", isAlone: false),
        Case("2025/plain.csv", "2025.plain", isAlone: false),
        Case("2025/orders.csv", "crm.orders or shop.orders", isAlone: false),
        // Folders of a tree are certain.
        Case("shop/orders/data/1.csv", "shop.orders", isAlone: false),
        Case("dt-1/crm/orders/data/1.csv", "crm.orders", isAlone: false),
        Case("other/orders/data/1.csv", "none", isAlone: false), Case("other/items/data/1.csv", "none", isAlone: false),
        Case("a/plain/data/1.csv", "a.plain", isAlone: false),
        Case("sales/audit/visits/data/0.csv", "sales.audit.visits", isAlone: false),
        Case("items/data/1.csv", "shop.items", isAlone: false),
        Case("orders/data/1.csv", "shop.orders", in: ["shop"], isAlone: false),
        Case("data/1.csv", "crm.orders", in: ["crm", "orders"], isAlone: false),
    ]

    @Test(arguments: cases)
    func pathFindsItsTable(example: Case) throws {
        let look: EntryRole.Look = example.path.hasSuffix(".parquet") ? .parquet : .other
        let role = EntryRole(path: example.path, isAlone: example.isAlone, format: .auto, dialect: .auto, look: look)
        guard case .data(var part) = role else {
            Issue.record("\(role)")
            return
        }
        part.isAlone = example.isAlone
        let match = try Self.tables().match(
            part, outer: example.outer, isNameless: false, dialect: nil, TableFilter(included: example.chosen))
        #expect(Self.text(match) == example.table)
    }

    @Test func streamWithoutANameIsOfTheOneTable() throws {
        let tables = try Self.tables()
        let part = DataPart(location: "stdin", names: ["stdin"], format: .csv(header: nil), isTree: false)
        func match(_ patterns: [String]) -> String {
            Self.text(
                tables.match(
                    part, outer: [], isNameless: true, dialect: nil, TableFilter(included: patterns)))
        }
        #expect(match(["shop.items"]) == "shop.items")
        #expect(match(["shop.o*", "crm.*"]) == "crm.orders or shop.orders")
        #expect(match(["nothing"]) == "none")
    }

    @Test func dialectDecidesBetweenServers() throws {
        let scratch = try Scratch()
        var options = ExportOptions()
        options.structures = [
            try scratch.write("mysql.sql", "CREATE TABLE `a`.`t` (`id` int) ENGINE=InnoDB;"),
            try scratch.write("postgresql.sql", "CREATE TABLE b.t (id integer, x text[]);"),
        ]
        let tables = try GivenStructures(options).tables()
        let part = DataPart(location: "t", names: ["t"], format: .csv(header: nil), isTree: false)
        for (dialect, table) in [(nil, "a.t or b.t"), (.mysql, "a.t"), (.postgresql, "b.t")]
            as [(SQLDialect.Family?, String)]
        {
            let match = tables.match(part, outer: [], isNameless: false, dialect: dialect, TableFilter())
            #expect(Self.text(match) == table)
        }
    }

    private static func text(_ match: GivenMatch) -> String {
        switch match {
        case .none: "none"
        case .table(let found): found.name.description
        case .several(let names): names.map(\.description).joined(separator: " or ")
        }
    }
}
