import BackupExports
import Foundation
import TestSupport
import Testing

/// Values of rows as Swift has them: exact, or an error that says where.
@Suite struct RowValueTests {
    private static let mysql = """
        -- MySQL dump 10.13
        CREATE TABLE `v` (`id` bigint unsigned, `small` tinyint(1), `price` decimal(38,10), `ratio` double,
          `name` varchar(20), `photo` blob, `flags` bit(9), `doc` json, `day` date, `at` datetime(6), `hour` time);
        INSERT INTO `v` VALUES
          (18446744073709551615,1,1234567890123456789012345678.0123456780,-2.5e-3,'O\\'Neill ☃',0x00FF10,b'101',
           '{"b": [1, 2.50], "a": null}','2024-02-29','1999-12-31 23:59:59.250000','-12:30:00'),
          (7,NULL,0.10,3,'7','',b'0','[]','0000-00-00','2024-03-31 02:30:00','00:00:01'),
          (1,0,1,1,NULL,NULL,NULL,NULL,NULL,NULL,NULL);

        """
    private static let postgresql = """
        --
        -- PostgreSQL database dump
        --
        CREATE TABLE public.p (id integer, ok boolean, far double precision, tags text[], raw bytea,
          moment timestamp with time zone, code text);
        COPY public.p (id, ok, far, tags, raw, moment, code) FROM stdin;
        1\tt\t-Infinity\t{a,"b c",NULL}\t\\\\x68690a\t2024-06-01 12:00:00.5+05:30\t007
        2\tf\tNaN\t{}\t\\\\x\tinfinity\ta\\tb
        \\.

        """

    private func rows(of sql: String) async throws -> [Row] {
        var rows: [Row] = []
        for try await table in BackupExport(source: BytesSource(Array(sql.utf8)), name: "d.sql").tables() {
            for try await batch in table.batches { rows += batch }
        }
        return rows
    }

    @Test func kindsOfValues() async throws {
        let rows = try await rows(of: Self.mysql)
        #expect(
            rows[0].values.map(\.kind) == [
                .number, .number, .number, .number, .text, .binary, .number, .json, .date, .timestamp, .time,
            ])
        #expect(rows[2].values.map(\.kind).suffix(7) == Array(repeating: .null, count: 7)[...])
        let others = try await self.rows(of: Self.postgresql)
        #expect(others[0].values.map(\.kind) == [.number, .bool, .text, .json, .binary, .timestamp, .text])
        #expect(rows[0].values.count == rows[0].keys.count)
    }

    @Test func numbersAreExact() async throws {
        let rows = try await rows(of: Self.mysql), first = rows[0]
        #expect(try first["id"]?.integer(as: UInt64.self) == .max)
        #expect(throws: ExportError.self) { try first["id"]?.int }
        #expect(try first["price"]?.decimal == Decimal(string: "1234567890123456789012345678.012345678"))
        #expect(first["price"]?.string == "1234567890123456789012345678.0123456780")
        #expect(try first["ratio"]?.double == -0.0025)
        #expect(try first["flags"]?.int == 5)
        #expect(try first["small"]?.bool == true)
        #expect(try rows[1]["name"]?.int == 7)
        #expect(try rows[1]["small"]?.int == nil && rows[1]["small"]?.isNull == true)
        #expect(try rows[1]["id"]?.integer(as: Int8.self) == 7)
    }

    @Test(arguments: [
        ("name", "int"), ("price", "int"), ("ratio", "int"), ("photo", "int"), ("doc", "int"), ("name", "double"),
        ("day", "decimal"), ("name", "date"), ("hour", "date"), ("id", "bool"), ("id", "date"), ("photo", "decimal"),
    ])
    func whatAValueIsNotThrowsWithItsLocation(column: String, type: String) async throws {
        let row = try #require(try await rows(of: Self.mysql).first), value = try #require(row[column])
        let error = #expect(throws: ExportError.self) {
            switch type {
            case "int": _ = try value.int
            case "double": _ = try value.double
            case "decimal": _ = try value.decimal
            case "bool": _ = try value.bool
            default: _ = try value.date
            }
        }
        #expect(error?.code == .badValue && error?.column == column && error?.row == 1)
        #expect(error?.entry?.hasSuffix("d.sql") == true && error?.table?.table == "v" && (error?.offset ?? 0) > 0)
    }

    @Test func decimalsOfMoreDigitsThanADecimalHoldsAreErrors() async throws {
        let digits = String(repeating: "9", count: 38)
        let sql =
            "-- MySQL dump\nCREATE TABLE t (a decimal(65,30), b decimal(65,30), c decimal(65,0));\n"
            + "INSERT INTO t VALUES (-\(digits)00, 0.\(digits), 1\(digits));\n"
        let row = try #require(try await rows(of: sql).first)
        #expect(try row["a"]?.decimal == Decimal(string: "-\(digits)00"))
        #expect(try row["b"]?.decimal == Decimal(string: "0.\(digits)"))
        #expect(throws: ExportError.self) { try row["c"]?.decimal }
        #expect(row["c"]?.string == "1\(digits)")
    }

    @Test func bytesAndText() async throws {
        let rows = try await rows(of: Self.mysql), others = try await self.rows(of: Self.postgresql)
        #expect(rows[0]["photo"]?.bytes == [0, 0xFF, 0x10])
        #expect(rows[0]["photo"]?.string == "AP8Q" && rows[0]["photo"]?.json == "\"AP8Q\"")
        #expect(rows[0]["name"]?.string == "O'Neill ☃")
        #expect(rows[0]["name"]?.withBytes { $0.count } == 11)
        #expect(rows[0]["doc"]?.string == "{\"b\":[1,2.50],\"a\":null}")
        #expect(rows[2]["photo"]?.bytes == nil && rows[2]["name"]?.string == nil && rows[2]["doc"]?.json == "null")
        #expect(others[0]["raw"]?.bytes == [0x68, 0x69, 0x0A] && others[1]["raw"]?.bytes == [])
        #expect(others[1]["code"]?.json == "\"a\\tb\"" && others[1]["code"]?.string == "a\tb")
        #expect(others[0]["tags"]?.json == "[\"a\",\"b c\",null]")
        #expect(rows[1]["name"] != rows[1]["id"] && rows[1]["id"] == rows[1]["id"])
    }

    @Test func datesAreMoments() async throws {
        let rows = try await rows(of: Self.mysql), others = try await self.rows(of: Self.postgresql)
        func seconds(_ text: String) throws -> Double { try Date(text, strategy: .iso8601).timeIntervalSince1970 }
        #expect(try rows[0]["day"]?.date?.timeIntervalSince1970 == seconds("2024-02-29T00:00:00Z"))
        #expect(try rows[0]["at"]?.date?.timeIntervalSince1970 == seconds("1999-12-31T23:59:59Z") + 0.25)
        let berlin = try #require(TimeZone(identifier: "Europe/Berlin"))
        #expect(try rows[0]["at"]?.date(in: berlin)?.timeIntervalSince1970 == seconds("1999-12-31T22:59:59Z") + 0.25)
        #expect(
            try others[0]["moment"]?.date(in: berlin)?.timeIntervalSince1970 == seconds("2024-06-01T06:30:00Z") + 0.5)
        #expect(throws: ExportError.self) { try rows[1]["day"]?.date }
        #expect(throws: ExportError.self) { try others[1]["moment"]?.date }
        #expect(try rows[2]["day"]?.date == nil)
    }

    @Test func infinitiesAreDoubles() async throws {
        let rows = try await rows(of: Self.postgresql)
        #expect(try rows[0]["far"]?.double == -.infinity)
        #expect(try rows[1]["far"]?.double?.isNaN == true)
        #expect(throws: ExportError.self) { try rows[0]["far"]?.decimal }
    }

    // MARK: Your own types

    private struct Value: Decodable, Equatable {
        struct Document: Decodable, Equatable {
            var a: Int?
            var b: [Double]
        }
        enum Flag: Int, Decodable { case none, set }

        var id: UInt64
        var small: Flag?
        var price: Decimal
        var name: String?
        var photo: Data?
        var doc: Document?
        var day: Date?
        var ratio: Float
    }

    @Test func aRowBecomesAType() async throws {
        let rows = try await rows(of: Self.mysql), value = try rows[0].decode(Value.self)
        #expect(value.id == .max && value.small == .set && value.price.description.hasSuffix("5678.012345678"))
        #expect(value.photo == Data([0, 0xFF, 0x10]) && value.doc == .init(a: nil, b: [1, 2.5]))
        let last: Value = try rows[2].decode()
        #expect(last == Value(id: 1, small: Flag.none, price: 1, ratio: 1))
    }
    private typealias Flag = Value.Flag

    private struct Other: Decodable {
        var id: Int
        var ok: Bool
        var tags: [String?]
        var raw: [UInt8]
    }

    @Test func arraysAndBytesOfARow() async throws {
        let first: Other = try #require(try await rows(of: Self.postgresql).first).decode()
        #expect(first.id == 1 && first.ok && first.tags == ["a", "b c", nil] && first.raw == [0x68, 0x69, 0x0A])
    }

    private struct Missing: Decodable { var nothing: Int }
    private struct Narrow: Decodable { var id: Int8 }
    private struct Present: Decodable { var small: Int }

    @Test func aRowThatDoesNotFitThrowsWithItsLocation() async throws {
        let rows = try await rows(of: Self.mysql)
        func error(_ body: () throws -> Void) -> ExportError? { #expect(throws: ExportError.self, performing: body) }
        #expect(error { _ = try rows[0].decode(Missing.self) }?.column == "nothing")
        #expect(error { _ = try rows[0].decode(Narrow.self) }?.why == "“18446744073709551615” is not Int8")
        let null = error { _ = try rows[1].decode(Present.self) }
        #expect(null?.column == "small" && null?.row == 2 && null?.why == "“NULL” is not Int")
        #expect(error { _ = try rows[0].decode([Int].self) }?.code == .badValue)
    }
}
