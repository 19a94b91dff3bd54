import BackupTables
import Testing
import TestSupport

/// Law 3: the fast readers and the slow, obvious ones agree on random and hostile bytes.
@Suite struct OracleTests {
    static let alphabet: [UInt8] = Array("a,b\t\"\"\\\\N\n\n\r.0x7né'".utf8)

    @Test(arguments: Dialects.names)
    func csv(name: String) throws {
        var random = SeededRandom(seed: 20_260_101), dialect = Dialects.named(name)
        for _ in 0 ..< Effort.rounds(1500) {
            let bytes = random.bytes(Int.random(in: 0 ... 60, using: &random), from: Self.alphabet)
            dialect.newline = settled(Dialects.named(name), bytes)
            let expected = OracleCSV.read(bytes, dialect)
            #expect(try FastRows.csv(bytes, dialect) == expected, "\(bytes) \(String(decoding: bytes, as: UTF8.self))")
            #expect(try FastRows.csv(bytes, dialect, slab: Int.random(in: 1 ... 20, using: &random)) == expected, "\(bytes)")
        }
    }

    /// Files whose line ends are carriage returns alone are told by their bytes.
    private func settled(_ dialect: CSVDialect, _ bytes: [UInt8]) -> CSVDialect.Newline {
        let isLoneCR = bytes.withUnsafeBytes { DialectSniffer.usesLoneCR($0, quote: dialect.quote) }
        return dialect.newline == .lfOrCRLF && isLoneCR ? .cr : dialect.newline
    }

    @Test(arguments: Dialects.names)
    func awkwardText(name: String) throws {
        let dialect = Dialects.named(name)
        for text in [AwkwardText.csv, AwkwardText.copy] {
            #expect(try FastRows.csv(text, dialect) == OracleCSV.read(text, dialect))
        }
    }
}
