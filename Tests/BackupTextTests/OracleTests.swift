import BackupRows
import BackupText
import TestSupport
import Testing

/// Law 3: the fast readers and the slow, obvious ones agree on random and hostile bytes.
@Suite struct OracleTests {
    static let alphabet: [UInt8] = Array("a,b\t\"\"\\\\N\n\n\r.0x7né'".utf8)

    @Test(arguments: Dialects.names)
    func csv(name: String) throws {
        var random = SeededRandom(seed: 20_260_101), dialect = Dialects.named(name)
        for _ in 0 ..< Effort.rounds(1500) {
            let bytes = random.bytes(Int.random(in: 0 ... 60, using: &random), from: Self.alphabet)
            guard let newline = decided(Dialects.named(name), bytes) else {
                #expect(throws: LineEnds.Ambiguous.self) { try FastRows.csv(bytes, dialect) }
                continue
            }
            dialect.newline = newline
            let expected = OracleCSV.read(bytes, dialect)
            #expect(try FastRows.csv(bytes, dialect) == expected, "\(bytes) \(String(decoding: bytes, as: UTF8.self))")
            #expect(
                try FastRows.csv(bytes, dialect, slab: Int.random(in: 1 ... 20, using: &random)) == expected, "\(bytes)"
            )
        }
    }

    /// Files whose line ends are carriage returns alone are recognised by their bytes; nil: they cannot be.
    private func decided(_ dialect: CSVDialect, _ bytes: [UInt8]) -> CSVDialect.Newline? {
        let slack = bytes + [UInt8](repeating: 0, count: 64)
        return
            switch slack.withUnsafeBytes({
                LineEnds(dialect).decide(.init(rebasing: $0.prefix(bytes.count)), isWhole: true)
            })
        {
        case .newline(let newline): newline
        case .ambiguous, .unknown: nil
        }
    }

    @Test(arguments: Dialects.names)
    func awkwardText(name: String) throws {
        let dialect = Dialects.named(name)
        for text in [AwkwardText.csv, AwkwardText.copy] {
            #expect(try FastRows.csv(text, dialect) == OracleCSV.read(text, dialect))
        }
    }
}
