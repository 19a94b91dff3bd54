import BackupChanges
import Testing

/// Logs that no server writes: an error, in a bounded time and memory.
@Suite struct HostileLogTests {
    private static func expect(_ log: HandmadeLog, isDamagedAs words: String) {
        #expect {
            try LogLines([("mysql-bin.000001", log.bytes)])
        } throws: { error in
            guard let error = error as? ChangeError else { return false }
            return error.kind == .damaged && error.why.contains(words)
        }
    }

    @Test func aLogOfHandGivesItsRows() throws {
        var log = HandmadeLog()
        log.addMap([3])
        log.addInserts(1, present: [1], [0, 1, 0, 0, 0, 0, 2, 0, 0, 0])
        let lines = try LogLines([("mysql-bin.000001", log.bytes)]).lines
        #expect(lines.count == 2 && lines[1].contains(#""after":{"c1":2}"#))
    }

    /// Else their number would have no end.
    @Test func rowsOfNoColumnsAreAnError() {
        var log = HandmadeLog()
        log.addMap([3])
        log.addInserts(1, present: [0], [0])
        Self.expect(log, isDamagedAs: "its rows have bytes, and no columns")
    }

    /// An array whose two cells are itself would have 2^100 of them.
    @Test func aDocumentThatHoldsItselfIsAnError() {
        var log = HandmadeLog()
        log.addMap([245], sizes: [4])
        let document: [UInt8] = [2, 2, 0, 10, 0, 2, 0, 0, 2, 0, 0]
        log.addInserts(1, present: [1], [0] + HandmadeLog.number(document.count, 4) + document)
        Self.expect(log, isDamagedAs: "lie on one another")
    }
}
