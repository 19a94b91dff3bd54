import BackupBytes
import BackupRows
import Testing

@testable import BackupChanges

/// JSON that is written value by value.
@Suite struct LineTextTests {
    private static func string(_ text: [UInt8]) throws -> [UInt8]? {
        let line = LineText(pool: SlabPool())
        guard try line.appendString(text) else { return nil }
        return line.written(from: LineText.front).array
    }

    /// Wherever a byte that JSON escapes stands, or one that is not ASCII.
    @Test func stringsOfAnyLengthAreEscapedAnywhere() throws {
        for length in 0 ... 70 {
            let plain = Array(repeating: UInt8(ascii: "x"), count: length)
            #expect(try Self.string(plain) == JSONText.string(String(decoding: plain, as: UTF8.self)))
            for index in 0 ..< length {
                for special in ["\"", "\\", "\n", "\u{1F}", "é"] {
                    var text = plain
                    text.replaceSubrange(index ... index, with: Array(special.utf8))
                    #expect(try Self.string(text) == JSONText.string(String(decoding: text, as: UTF8.self)))
                }
                var cut = plain
                cut[index] = 0xC3
                #expect(try Self.string(cut) == nil)
            }
        }
    }

    @Test func longStringsAreEscapedInPieces() throws {
        let text = Array(String(repeating: "a \"quoted\" é\n", count: 70_000).utf8)
        #expect(try Self.string(text) == JSONText.string(String(decoding: text, as: UTF8.self)))
    }

    /// Room is made for what a text becomes, not for what it could become.
    @Test func aTextOfManyMegabytesWithFewEscapesIsWritten() throws {
        var text = Array(repeating: UInt8(ascii: "x"), count: 64_000_000)
        text[100] = UInt8(ascii: "\"")
        #expect(try Self.string(text)?.count == 64_000_003)
    }
}
