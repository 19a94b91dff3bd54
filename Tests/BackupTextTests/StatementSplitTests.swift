import BackupRows
import BackupText
import TestSupport
import Testing

/// What statements set, remove and end is the same wherever slabs end, and for a reader that resumes.
@Suite struct StatementSplitTests {
    private static let mysql = """
        SET @saved = @@sql_mode, @x = 'it''s';
        /*!50003 SET sql_mode = CONCAT(@@sql_mode, ',NO_BACKSLASH_ESCAPES') */;
        INSERT INTO t VALUES ('a\\n');
        SET sql_mode = @saved;INSERT INTO t VALUES ('b\\n');
        CREATE TABLE u (a int, b text); ALTER TABLE u MODIFY b blob FIRST;
        INSERT INTO u VALUES ('x', 1);
        TRUNCATE TABLE u;
        CREATE TRIGGER r BEFORE INSERT ON u FOR EACH ROW BEGIN INSERT INTO u VALUES (1, 2); END;
        DELIMITER ;;
        CREATE FUNCTION f() RETURNS int LANGUAGE JAVASCRIPT AS $$ return ";;'" $$;;
        DELIMITER ;
        INSERT INTO t VALUES (N'c'), (CONVERT('d' USING utf8mb4));
        START TRANSACTION; INSERT INTO t VALUES ('e'); COMMIT;

        """
    private static let postgres = """
        BEGIN; SET LOCAL standard_conforming_strings = off; INSERT INTO t VALUES ('a\\n'); COMMIT;
        INSERT INTO t VALUES ('b\\n');
        COPY t (c1) FROM stdin WITH (FORMAT csv, HEADER true, FORCE_NOT_NULL (c1));
        c1

        "c"
        \\.
        CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; END;
        INSERT INTO t VALUES (N'd  ');
        COPY u FROM '/file';

        """

    /// The script, whole and without its end, and with what ends the reading.
    private static let cases: [(String, SQLDialect.Family)] = [(mysql, .mysql), (postgres, .postgresql)].flatMap {
        script, family in
        [
            "", "INSDRT INTO t VALUES (1);\n", "DROP TABLE x\nINSERT INTO t VALUES (1);\n",
            "BEGIN; INSERT INTO t VALUES ('z'); ROLLBACK;\n", "INSERT INTO t VALUES ('é",
        ]
        .map { (script + $0, family) }
    }

    @Test(arguments: cases) func whereverSlabsEnd(script: String, family: SQLDialect.Family) throws {
        let bytes = Array(script.utf8), whole = try FastRows.sql(bytes, family)
        #expect(
            whole.text.hasPrefix(
                family == .mysql
                    ? "{\"c1\":\"a\\\\n\"}\n{\"c1\":\"b\\n\"}\n" : "{\"c1\":\"a\\n\"}\n{\"c1\":\"b\\\\n\"}\n"))
        for slab in Array(1 ... 40) + [100, 333, 1000] {
            #expect(try FastRows.sql(bytes, family, slab: slab, chunk: 7) == whole, "slab of \(slab)")
            var parts = try FastRows.sql(bytes, family, slab: slab, resuming: true)
            parts.timesResumed = 0
            #expect(parts == whole, "resumed, slab of \(slab)")
        }
    }

    @Test(arguments: cases.filter { !$0.0.hasSuffix("'é") }) func whatEndsTheReadingSaysWhere(
        script: String, family: SQLDialect.Family
    ) throws {
        let rows = try FastRows.sql(Array(script.utf8), family)
        let isWhole = script == Self.mysql || script == Self.postgres
        #expect(rows.faults.count == (isWhole ? 0 : 1))
        if let fault = rows.faults.first {
            #expect(
                fault.contains(
                    "line \(script.count { $0 == "\n" } - (script.contains("DROP TABLE x") ? 1 : 0)) "
                ))
        }
    }
}
