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

    /// Its rows before the one that is cut are written, and the error names the value.
    @Test func aRowThatIsCutIsAnErrorAtItsValue() throws {
        var log = HandmadeLog(), lines: [String] = []
        log.addMap([3, 3])
        log.addInserts(2, present: [3], [0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 2, 0, 0, 0, 2, 0])
        let error = #expect(throws: ChangeError.self) {
            try LogLines([("mysql-bin.000001", log.bytes)]) { _, _ in
            } whenRead: {
                lines += $0
            }
        }
        #expect(error?.column == "c2" && error?.table?.table == "t" && error?.position != nil)
        #expect(lines.count == 1 && lines[0].contains(#""after":{"c1":1,"c2":1}"#))
    }

    /// A change of a document in a cell of a cell of …, as deep as MySQL allows, and deeper.
    @Test(arguments: [(100, "which the document before has not"), (101, "deeper than MySQL allows")])
    func aDifferenceThatIsTooDeepIsAnError(depth: Int, why: String) {
        var log = HandmadeLog()
        log.addMap([245], sizes: [4])
        let path = Array("$".utf8) + Array(repeating: Array("[0]".utf8), count: depth).joined()
        let before: [UInt8] = [0, 0, 0, 4, 0], value: [UInt8] = [4, 1]
        let difference: [UInt8] = [0, 252] + HandmadeLog.number(path.count, 2) + path + [2] + value
        var rows: [UInt8] = [0] + HandmadeLog.number(before.count, 4) + before
        rows += [1, 1, 0] + HandmadeLog.number(difference.count, 4) + difference
        log.add(39, HandmadeLog.number(7, 6) + [1, 0, 2, 0, 1, 1, 1] + rows)
        Self.expect(log, isDamagedAs: why)
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
