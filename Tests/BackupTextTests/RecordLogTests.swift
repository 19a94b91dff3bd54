import BackupBytes
import BackupRows
import BackupText
import TestSupport
import Testing

/// Many records in little memory: what is evicted comes back, and a log cut at a flush is the state of then.
@Suite struct RecordLogTests {
    private func schema(_ number: Int, columns: Int = 2) -> TableSchema {
        let kinds: [ColumnKind] = [
            .integer(isBig: true), .text(charset: "gbk"), .array(.bit(isBig: false)), .words(charset: nil), .unknown,
        ]
        return TableSchema(
            name: TableName(database: "d\(number)", table: "t,\"\n\(number)"),
            columns: (0 ..< columns).map {
                Column(
                    name: "c\($0)é", type: $0 % 2 == 0 ? "int" : nil, kind: kinds[($0 + number) % kinds.count],
                    isGenerated: $0 % 3 == 0, isInvisible: $0 % 5 == 0)
            })
    }

    @Test func recordsThatWereWrittenComeBack() throws {
        let scratch = try Scratch(), log = RecordLog<TableSchema>(folder: scratch.path)
        defer { withExtendedLifetime(scratch) {} }
        for number in 0 ..< 5000 { try log.put(schema(number, columns: number % 9), for: "\(number)") }
        for number in stride(from: 0, to: 5000, by: 7) { try log.put(schema(number, columns: 1), for: "\(number)") }
        for number in stride(from: 3, to: 5000, by: 500) { try log.remove("\(number)") }
        #expect(log.count == 4990)
        for number in 0 ..< 5000 {
            let expected: TableSchema? =
                number % 500 == 3 ? nil : schema(number, columns: number % 7 == 0 ? 1 : number % 9)
            #expect(try log.record(of: "\(number)") == expected)
        }
        #expect(try log.all.prefix(4).map { try log.record($0).name.database } == ["d0", "d1", "d2", "d4"])
    }

    @Test func aLogIsOpenedAgainAsItWasAtAFlush() throws {
        let scratch = try Scratch(), path = scratch.place("log")
        var lengths: [(Int, Int)] = []
        do {
            let log = RecordLog<TableSchema>(path: path)
            for number in 0 ..< 3000 {
                try log.put(schema(number), for: "\(number)")
                if number % 10 == 9 { try log.remove("\(number - 5)") }
                if number % 1000 == 999 { lengths.append((try log.flush(), log.count)) }
            }
            try log.change(0) { $0.columns = [] }
            _ = try log.flush()
        }
        for (length, count) in lengths.reversed() {
            let log = try RecordLog<TableSchema>.reopen(path: path, length: length, folder: scratch.path)
            #expect(log.count == count)
            #expect(try log.record(of: "0") == schema(0))
            #expect(try log.record(of: "4") == nil)
            #expect(try log.number(of: "2999") == nil || count == 2700)
        }
    }

    @Test func aLogThatIsTooShortOrTornIsRefused() throws {
        let scratch = try Scratch(), path = scratch.place("log")
        let log = RecordLog<TableSchema>(path: path)
        for number in 0 ..< 3 { try log.put(schema(number), for: "\(number)") }
        let length = try log.flush()
        #expect(throws: RecordDamaged.self) {
            try RecordLog<TableSchema>.reopen(path: path, length: length + 1, folder: scratch.path)
        }
        #expect(throws: RecordDamaged.self) {
            try RecordLog<TableSchema>.reopen(path: path, length: length - 1, folder: scratch.path)
        }
    }

    /// One that is always in use stays in memory while later ones are evicted: it is the first all the same.
    @Test func theOrderIsKept() throws {
        let scratch = try Scratch(), path = scratch.place("log"), log = RecordLog<Int>(path: path)
        for number in 0 ..< 1000 {
            try log.put(number, for: "\(number)")
            try log.change(Int32(number / 400 * 400)) { $0 += 1000 }
            if number % 90 == 7 { try log.remove("\(number)") }
        }
        let length = try log.flush(),
            again = try RecordLog<Int>.reopen(path: path, length: length, folder: scratch.path)
        let numbers = try log.all.map { try log.record($0) % 1000 }
        #expect(numbers.count == 988 && numbers == numbers.sorted())
        #expect(try again.all.map { try again.record($0) } == log.all.map { try log.record($0) })
    }
}
