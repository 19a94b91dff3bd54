import BackupRows
import BackupText
import TestSupport
import Testing

/// Law 3 for what nobody writes: dumps with bytes changed, cut out, doubled. Whole JSON lines or an error, the same at
/// any split.
@Suite struct HostileTextTests {
    private static let pieces: [[UInt8]] =
        [
            "'", "\"", "`", "\\", ";", "(", ")", ",", "/*", "*/", "--", "\n", "$$", "$a$", "\\.", "0x", "CREATE TABLE ",
            "INSERT INTO ",
            "COPY t FROM stdin;\n", " VALUES ", "::", "NULL", "DELIMITER ;;\n", "\\connect ", "SET NAMES gbk;",
            "SET client_encoding = 'LATIN1';", "/*!50001 ",
        ].map { Array($0.utf8) } + [[0xFF], [0x81], [0]]

    private func changed(_ text: [UInt8], _ random: inout SeededRandom) -> [UInt8] {
        var bytes = text
        for _ in 0 ..< Int.random(in: 1 ... 4, using: &random) where !bytes.isEmpty {
            let place = Int.random(in: 0 ..< bytes.count, using: &random)
            let end = min(bytes.count, place + Int.random(in: 0 ... 40, using: &random))
            switch Int.random(in: 0 ... 4, using: &random) {
            case 0: bytes.removeSubrange(place ..< end)
            case 1:
                bytes.insert(contentsOf: bytes[place ..< end], at: Int.random(in: 0 ... bytes.count, using: &random))
            case 2: bytes.removeSubrange(place...)
            case 3: bytes[place] = UInt8.random(in: 0 ... 255, using: &random)
            default: bytes.insert(contentsOf: Self.pieces.randomElement(using: &random) ?? [], at: place)
            }
        }
        return bytes
    }

    private func outcome(_ read: () throws -> FastRows) -> FastRows? { try? read() }

    @Test(arguments: [SQLDialect.Family.mysql, .postgresql], [UInt64](1 ... 4))
    func changedDumps(family: SQLDialect.Family, seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let text = Array((family == .mysql ? AwkwardText.mysql : AwkwardText.postgres).utf8)
        for _ in 0 ..< Effort.rounds(250) {
            let bytes = changed(text, &random)
            let whole = outcome { try FastRows.sql(bytes, family) }
            let slab = Int.random(in: 1 ... 300, using: &random)
            let split = outcome { try FastRows.sql(bytes, family, slab: slab, chunk: 100) }
            #expect(whole == split, "slab of \(slab): \(String(decoding: bytes, as: UTF8.self))")
            if let fault = JSONLines.fault(in: whole?.lines ?? []) {
                Issue.record("\(fault)\n\(String(decoding: bytes, as: UTF8.self))")
            }
        }
    }

    @Test(arguments: Dialects.names)
    func changedCSV(name: String) {
        var random = SeededRandom(seed: 77)
        for round in 0 ..< Effort.rounds(300) {
            let bytes = changed(round % 2 == 0 ? AwkwardText.csv : AwkwardText.copy, &random)
            var options = ValueOptions()
            options.invalidUTF8 = .replace
            let whole = outcome { try FastRows.csv(bytes, Dialects.named(name), options: options) }
            let split = outcome {
                try FastRows.csv(
                    bytes, Dialects.named(name), slab: Int.random(in: 1 ... 99, using: &random), options: options)
            }
            #expect(whole == split)
            #expect(JSONLines.fault(in: whole?.lines ?? []) == nil)
        }
    }
}
