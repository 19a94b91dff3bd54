import BackupRows
import Foundation
import Testing

@testable import BackupParquet

/// Texts of values against a slower way to make them.
@Suite struct FormatTests {
    private func text(_ body: (UnsafeMutablePointer<UInt8>) -> Int) -> String {
        var out = [UInt8](repeating: 0, count: 5000)
        let count = out.withUnsafeMutableBufferPointer { body($0.baseAddress!) }
        return String(decoding: out[..<count], as: UTF8.self)
    }

    @Test
    func integersOfAnyNumberOfDigitsAreWrittenAsSwiftWritesThem() {
        var value: UInt64 = 1
        for _ in 0 ..< 20 {
            for near in [value &- 1, value, value &+ 1, value &* 7] {
                #expect(text { NumberText.put(near, $0) } == "\(near)")
                let signed = Int64(bitPattern: near)
                #expect(text { NumberText.put(signed, $0) } == "\(signed)")
                #expect(text { NumberText.put(0 &- signed, $0) } == "\(0 &- signed)")
            }
            value = value &* 10
        }
    }

    @Test
    func floatsHaveTheShortestDigitsWhatJSONDoesNotKnowIsAWord() {
        #expect(text { NumberText.put(0.1, $0) } == "0.1")
        #expect(text { NumberText.put(-Double.infinity, $0) } == "-Infinity")
        #expect(text { NumberText.put(Float.nan, $0) } == "NaN")
        #expect(text { NumberText.put(Float16(0.1), $0) } == "0.1")
    }

    @Test
    func decimalsOfAnyLengthHaveAllTheirDigits() {
        func wide(_ bytes: [UInt8], _ scale: Int) -> String {
            text { out in bytes.withUnsafeBufferPointer { DecimalText.put($0, scale: scale, out) } }
        }
        #expect(wide([], 2) == "0.00")
        #expect(wide([0xFF], 2) == "-0.01")
        #expect(wide([0x80] + Array(repeating: 0, count: 7), 0) == "-9223372036854775808")
        #expect(wide([0x80] + Array(repeating: 0, count: 15), 0) == "-170141183460469231731687303715884105728")
        #expect(wide([0x7F] + Array(repeating: 0xFF, count: 15), 38) == "1.70141183460469231731687303715884105727")
        #expect(wide(Array(repeating: 0xFF, count: 20), 30) == "-0." + String(repeating: "0", count: 29) + "1")
        #expect(wide([1] + Array(repeating: 0, count: 16), 5) == "3402823669209384634633746074317682.11456")
        for value in [0, 1, -1, 99, 100, -12345] as [Int64] {
            let expected = String(format: "%.2f", Double(value) / 100)
            #expect(text { DecimalText.put(value, scale: 2, $0) } == expected)
        }
    }

    @Test
    func daysOfAllYearsAreThoseOfTheGregorianCalendar() {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        for days in stride(from: -130_000, through: 2_900_000, by: 997) {
            let date = Date(timeIntervalSince1970: Double(days) * 86400)
            let parts = calendar.dateComponents([.year, .month, .day], from: date)
            let expected = String(format: "%04d-%02d-%02d", parts.year ?? 0, parts.month ?? 0, parts.day ?? 0)
            #expect(text { CalendarText.putDate(Int64(days), $0) } == expected)
        }
        #expect(text { CalendarText.putDate(-719_528, $0) } == "0000-01-01")
        #expect(text { CalendarText.putDate(-719_529, $0) } == "-0001-12-31")
        #expect(text { CalendarText.putDate(2_932_897, $0) } == "10000-01-01")
    }

    @Test
    func fractionsHaveTheDigitsOfTheirUnitThoseThatAreDeclaredOrThoseThatAreNeeded() {
        var form = TimeText(unit: .micros)
        #expect(text { CalendarText.putTimestamp(-1, form, $0) } == "1969-12-31 23:59:59.999999")
        form.fraction = .digits(0)
        #expect(text { CalendarText.putTimestamp(0, form, $0) } == "1970-01-01 00:00:00")
        #expect(text { CalendarText.putTimestamp(1_500_000, form, $0) } == "1970-01-01 00:00:01.5")
        form = TimeText(unit: .millis, fraction: .digits(6))
        #expect(text { CalendarText.putTime(3_020_399_000, form, $0) } == "838:59:59.000000")
        #expect(text { CalendarText.putTime(-1, form, $0) } == "-00:00:00.001000")
        form = TimeText(unit: .nanos, fraction: .needed, zone: "+00")
        #expect(text { CalendarText.putTimestamp(600_000_000, form, $0) } == "1970-01-01 00:00:00.6+00")
        #expect(text { CalendarText.putTimestamp(.min, form, $0) } == "1677-09-21 00:12:43.145224192+00")
    }
}
