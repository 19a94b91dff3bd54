import Testing

@testable import ObjectStores

@Suite struct CRC64Tests {
    private func sum(_ bytes: [UInt8]) -> CRC64 {
        var sum = CRC64()
        bytes.withUnsafeBytes { sum.update($0) }
        return sum
    }

    @Test func theCheckValueOfCRC64IsRight() {
        #expect(sum(Array("123456789".utf8)).value == 11_051_210_869_376_104_954)
    }

    @Test(arguments: [0, 1, 7, 8, 1000, 9_999, 10_000])
    func partsJoinedAreTheWhole(cut: Int) {
        let bytes = (0 ..< 10_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 3) }
        var joined = sum(Array(bytes[..<cut]))
        joined.append(sum(Array(bytes[cut...])), count: Int64(bytes.count - cut))
        #expect(joined == sum(bytes))
    }
}
