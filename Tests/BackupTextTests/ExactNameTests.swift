import BackupBytes
import BackupRows
import BackupText
import TestSupport
import Testing

/// Names are bytes: what Unicode takes for the same in two spellings is two names to a database.
@Suite struct ExactNameTests {
    /// Å as the sign of a unit, and as a letter with a ring after it: three bytes each, and equal to Swift.
    static let (unit, letter) = ("\u{212B}", "A\u{30A}")

    @Test func namesThatDifferInOneByteAreTwo() throws {
        #expect(Self.unit == Self.letter && ExactText(Self.unit) != ExactText(Self.letter))
        let names = [Self.unit, Self.letter].map { TableName(database: "shop", table: $0) }
        #expect(Set(names).count == 2)
        #expect(names[1] < names[0] && !(names[0] < names[1]))
        let log = RecordLog<Int>()
        for (number, name) in names.enumerated() { try log.put(number, for: name.key) }
        #expect(log.count == 2)
        for (number, name) in names.enumerated() { #expect(try log.record(of: name.key) == number) }
    }

    @Test func columnsThatDifferOnlyInTheirNormalForm() throws {
        let text = """
            CREATE TABLE t (`\(Self.unit)` int, `\(Self.letter)` varchar(9), `\(Self.letter)_2` int);
            INSERT INTO t VALUES (007,'07',1);
            INSERT INTO t (`\(Self.letter)_2`,`\(Self.letter)`,`\(Self.unit)`) VALUES (1,'07',007);

            """
        let rows = try FastRows.sql(Array(text.utf8), .mysql)
        let line = #"{"\#(Self.unit)":7,"\#(Self.letter)":"07","\#(Self.letter)_2":1}"# + "\n"
        #expect(rows.lines == Array((line + line).utf8), "\(rows.text)")
    }

    @Test func columnsOfPostgreSQLAndItsDomains() throws {
        let text = """
            CREATE DOMAIN public."\(Self.unit)" AS integer;
            CREATE DOMAIN public."\(Self.letter)" AS text;
            CREATE TABLE public.p ("\(Self.unit)" public."\(Self.unit)", x integer);
            CREATE TABLE public.t ("\(Self.letter)" public."\(Self.letter)") INHERITS (public.p);
            COPY public.t ("\(Self.unit)", x, "\(Self.letter)") FROM stdin;
            1\t2\t3
            \\.

            """
        let rows = try FastRows.sql(Array(text.utf8), .postgresql)
        #expect(rows.lines == Array((#"{"\#(Self.unit)":1,"x":2,"\#(Self.letter)":"3"}"# + "\n").utf8), "\(rows.text)")
    }

    /// MySQL does not distinguish `ID` from `id`; lower case is all that it overlooks.
    @Test func listsOfMySQLNameColumnsInAnyCase() throws {
        let text =
            "CREATE TABLE t (`Id` int, `\u{E9}` int);\nINSERT INTO t (`\u{C9}`,`iD`) VALUES (01,02);\n"
            + "INSERT INTO t (`E\u{301}`,`ID`) VALUES ('01',02);\n"
        let rows = try FastRows.sql(Array(text.utf8), .mysql)
        let expected = "{\"Id\":2,\"\u{E9}\":1}\n{\"Id\":2,\"E\u{301}\":\"01\"}\n"
        #expect(rows.lines == Array(expected.utf8), "\(rows.text)")
    }
}
