import Testing

@testable import BackupChanges

@Suite struct WordsTests {
    @Test(arguments: [
        ("BEGIN", Statement.begin), ("COMMIT", .commit), ("ROLLBACK", .rollback), ("/* x */ begin", .begin),
        ("SAVEPOINT `a b`", .savepoint("a b")), ("ROLLBACK TO SAVEPOINT s", .rollbackTo("s")),
        ("ROLLBACK TO `s`", .rollbackTo("s")), ("XA START X'61',X'',1", .xaStart("X'61',X'',1")),
        ("XA COMMIT 'a'", .xaCommit("X'61',X'',1")), ("XA COMMIT X'61',X'',1 ONE PHASE", .xaCommit("X'61',X'',1")),
        ("insert into t values (1)", .change), ("/*!50003 CREATE TABLE t (a INT) */", .definition),
        ("ALTER USER u IDENTIFIED BY 'secret'", .other), ("CREATE OR REPLACE TEMPORARY TABLE t (a INT)", .other),
        ("-- note\nTRUNCATE TABLE t", .definition), ("GRANT ALL ON *.* TO u", .other),
        ("SET STATEMENT max_statement_time=1 FOR INSERT INTO t VALUES (1)", .change),
    ])
    func statementsAreKnownByTheirFirstWords(text: String, statement: Statement) {
        #expect(Statement(text) == statement)
    }

    @Test func namesLoseTheirQuotes() {
        var words = Words("`a``b` . c, \"d\"")
        let (database, table) = words.tableName()
        #expect(database == "a`b" && table == "c")
        #expect(words.skip(Character(",")) && words.name() == "d")
    }
}
