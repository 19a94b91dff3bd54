import BackupParquet
import BackupRows
import Foundation
import Testing

/// Files that were made to do harm: one clear error, and no memory or time that their bytes do not ask for.
@Suite struct HostileTests {
    /// A file with this footer and these bytes before it.
    private func file(_ footer: [UInt8], data: [UInt8] = []) -> [UInt8] {
        let count = UInt32(footer.count)
        return Array("PAR1".utf8) + data + footer + (0 ..< 4).map { UInt8(truncatingIfNeeded: count >> (8 * $0)) }
            + Array("PAR1".utf8)
    }

    private func why(_ bytes: [UInt8]) -> String {
        do { _ = try ParquetLines.lines(bytes) } catch let error as ParquetError { return error.why } catch {
            return "\(error)"
        }
        return "it is read"
    }

    @Test
    func aListThatClaimsMoreElementsThanThereAreBytesIsDamaged() {
        #expect(why(file([0x29, 0xFC, 0xFF, 0xFF, 0xFF, 0xFF, 0x07])).contains("footer cannot be read"))
    }

    @Test
    func structuresInsideEachOtherEndAtALimit() {
        #expect(why(file(Array(repeating: 0x1C, count: 100_000))).contains("nested deeper"))
        #expect(why(file([0x19] + Array(repeating: 0x19, count: 100_000))).contains("footer cannot be read"))
    }

    @Test
    func aFooterThatIsLongerThanTheFileIsDamaged() {
        let bytes = Array("PAR1".utf8) + Array(repeating: 0, count: 8) + [0xFF, 0xFF, 0xFF, 0x7F] + Array("PAR1".utf8)
        #expect(why(bytes).contains("its footer is said to have"))
    }

    @Test
    func aSchemaOfGroupsInsideEachOtherEndsAtALimit() {
        // Elements: name (field 4) "a", number of children (field 5) 1.
        let element: [UInt8] = [0x48, 1, 0x61, 0x15, 2, 0]
        let schema = Array(repeating: element, count: 2000).flatMap { $0 }
        #expect(why(file([0x29, 0xFC, 0xD0, 0x0F] + schema + [0])).contains("deeper"))
    }

    @Test
    func aGroupThatSaysItHasColumnsAndHasNoneIsDamaged() {
        let root: [UInt8] = [0x48, 1, 0x61, 0x15, 20, 0]
        #expect(why(file([0x29, 0x1C] + root + [0])).contains("the schema ends inside a group"))
        let empty: [UInt8] = [0x48, 1, 0x61, 0x15, 2, 0, 0x48, 1, 0x62, 0]
        #expect(why(file([0x29, 0x2C] + empty + [0])).contains("a group has no columns"))
    }

    @Test
    func aPageThatIsLongerThanTheLimitIsRefusedBeforeItIsThere() throws {
        var limits = ParquetLimits()
        limits.page = 16
        #expect(throws: ParquetError.self) {
            try ParquetLines.lines(try OwnFilesTests.bytes("plain"), limits: limits)
        }
    }
}
