import BackupRows
import Testing

@testable import BackupChanges

/// Columns of tables, as the statements of a log change them.
@Suite struct TableNamesTests {
    private static func schema(_ name: String, _ columns: [String]) -> TableSchema {
        TableSchema(
            name: TableName(database: "shop", table: name), columns: columns.map { Column(name: $0, type: "int") })
    }

    /// A CREATE TABLE whose columns are words with commas between them.
    private static func declared(_ text: String) -> [TableSchema] {
        var words = Words(text)
        _ = (words.next(), words.next())
        if words.skip("IF") { _ = (words.skip("NOT"), words.skip("EXISTS")) }
        let table = words.tableName().table
        guard words.skip(Character("(")) else { return [] }
        var columns: [String] = []
        repeat {
            columns.append(words.name())
            _ = words.skip("INT")
        } while words.skip(Character(","))
        return [schema(table, columns)]
    }

    /// What a table's columns are called after these statements; nil: nobody knows the table.
    private static func columns(
        of table: String, after statements: [String], given: [TableSchema] = [], isLoaded: Bool = false
    ) throws -> [String]? {
        let names = TableNames { table in
            given.first { $0.name == table }
        } declare: { text, _ in
            declared(text)
        }
        for (index, text) in statements.enumerated() {
            try names.follow(
                text, database: "shop", at: LogPosition(file: "mysql-bin.000001", position: index), isLoaded: isLoaded)
        }
        return try names.schema(of: TableName(database: "shop", table: table))?.columns.map(\.name)
    }

    @Test(arguments: [
        ("RENAME COLUMN a TO b, RENAME COLUMN b TO a", ["b", "a", "c"]),
        ("CHANGE a b INT, CHANGE b a INT", ["b", "a", "c"]),
        ("CHANGE a b INT AFTER c, CHANGE b a INT", ["a", "c", "b"]),
        ("RENAME COLUMN a TO d, ADD a INT FIRST", ["a", "d", "b", "c"]), ("DROP a, ADD a INT", ["b", "c", "a"]),
        ("MODIFY c INT FIRST, DROP b", ["c", "a"]), ("DROP a, CHANGE b a INT", ["a", "c"]),
        ("ADD (d INT, e INT), RENAME COLUMN c TO f", ["a", "b", "f", "d", "e"]),
    ])
    func clausesGoByTheNamesBeforeTheStatement(clauses: String, names: [String]) throws {
        let given = [Self.schema("t", ["a", "b", "c"])]
        #expect(try Self.columns(of: "t", after: ["ALTER TABLE t \(clauses)"], given: given) == names)
    }

    @Test(arguments: ["ADD c INT", "DROP d", "RENAME COLUMN x TO a", "CHANGE x b INT", "MODIFY a INT"])
    func aClauseThatTheStructureHasAlreadyChangesNothing(clauses: String) throws {
        let given = [Self.schema("t", ["a", "b", "c"])]
        #expect(try Self.columns(of: "t", after: ["ALTER TABLE t \(clauses)"], given: given) == ["a", "b", "c"])
    }

    @Test func aTableThatIsThereStaysAsItIs() throws {
        let given = [Self.schema("t", ["a"])], statement = "CREATE TABLE IF NOT EXISTS t (x INT, y INT)"
        #expect(try Self.columns(of: "t", after: [statement], given: given) == ["a"])
        #expect(try Self.columns(of: "t", after: [statement]) == ["x", "y"])
        #expect(try Self.columns(of: "t", after: ["DROP TABLE t", statement], given: given) == ["x", "y"])
    }

    /// A table like one that nobody knows, in the place of another: the old columns are not its own.
    @Test func aTableLikeAnUnknownOneHasNoNames() throws {
        let given = [Self.schema("t", ["a"])], statements = ["DROP TABLE t", "CREATE TABLE t LIKE other.u"]
        #expect(throws: ChangeError.self) { try Self.columns(of: "t", after: statements, given: given) }
        #expect(try Self.columns(of: "t", after: [statements[1]], given: given) == ["a"])
        #expect(try Self.columns(of: "t", after: [statements[1]]) == nil)
    }

    /// The structure of an export is newer than the statements before its position.
    @Test(arguments: [
        ["DROP TABLE t", "CREATE TABLE t LIKE other.u"], ["ALTER TABLE t FROBNICATE"],
        ["DROP TABLE t", "CREATE TABLE t AS SELECT 1"],
    ])
    func theStructureCountsWhereALoadedStatementCannotBeFollowed(statements: [String]) throws {
        let given = [Self.schema("t", ["a"])]
        #expect(try Self.columns(of: "t", after: statements, given: given, isLoaded: true) == ["a"])
        #expect(throws: ChangeError.self) { try Self.columns(of: "t", after: statements, given: given) }
    }

    @Test func tablesExchangeTheirNames() throws {
        let given = [Self.schema("t", ["a"]), Self.schema("u", ["b"])]
        let statements = ["RENAME TABLE t TO old, u TO t"]
        #expect(try Self.columns(of: "t", after: statements, given: given) == ["b"])
        #expect(try Self.columns(of: "old", after: statements, given: given) == ["a"])
        #expect(try Self.columns(of: "u", after: statements, given: given) == nil)
    }
}
