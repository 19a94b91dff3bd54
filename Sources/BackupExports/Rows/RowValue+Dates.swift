import Foundation

extension RowValue {
    /// A date or a timestamp as a moment: by its own offset where it has one, else in UTC. A date is its midnight.
    ///
    /// - Throws: `ExportError` where the value is none: MySQL's zero date, PostgreSQL's `infinity`, years BC.
    public var date: Date? { get throws(ExportError) { try date(in: .gmt) } }

    /// The same; what has no offset of its own (`date`, `datetime`, `timestamp without time zone`) is in `zone`.
    public func date(in zone: TimeZone) throws(ExportError) -> Date? {
        guard hasValue else { return nil }
        let isText = [.date, .timestamp, .text].contains(kind)
        guard isText, let moment = withBytes({ WrittenMoment($0) }) else { throw failure("a date") }
        return moment.date(in: zone)
    }
}

/// `2024-02-29`, `2024-02-29 12:30:00.25`, `2024-02-29 12:30:00+05:30`: what both servers write.
struct WrittenMoment {
    /// Since 1970-01-01 00:00:00 of the clock that it is written by.
    private var seconds = 0
    private var nanoseconds = 0
    /// East of UTC, in seconds; nil where none is written.
    private var offset: Int?

    init?(_ text: UnsafeRawBufferPointer) {
        var rest = text[...]
        guard let year = Self.number(&rest, digits: 4 ... 6), Self.skip("-", &rest),
            let month = Self.number(&rest, digits: 2 ... 2), Self.skip("-", &rest),
            let day = Self.number(&rest, digits: 2 ... 2), year > 0, (1 ... 12).contains(month),
            day >= 1, day <= Self.days(inMonth: month, of: year)
        else { return nil }
        seconds = Self.day(year, month, day) * 86_400
        if rest.isEmpty { return }
        guard Self.skip(" ", &rest) || Self.skip("T", &rest), readTime(&rest), readOffset(&rest), rest.isEmpty else {
            return nil
        }
    }

    func date(in zone: TimeZone) -> Date {
        let written = Date(timeIntervalSince1970: Double(seconds))
        // An offset depends on the moment that is looked for; the second look has the right one but in a gap of clocks.
        let guess = written.addingTimeInterval(-Double(zone.secondsFromGMT(for: written)))
        let shift = offset ?? zone.secondsFromGMT(for: guess)
        return Date(timeIntervalSince1970: Double(seconds - shift) + Double(nanoseconds) / 1e9)
    }

    private mutating func readTime(_ rest: inout Slice<UnsafeRawBufferPointer>) -> Bool {
        guard let hour = Self.number(&rest, digits: 2 ... 2), Self.skip(":", &rest),
            let minute = Self.number(&rest, digits: 2 ... 2), Self.skip(":", &rest),
            let second = Self.number(&rest, digits: 2 ... 2), hour < 24, minute < 60, second < 60
        else { return false }
        seconds += hour * 3600 + minute * 60 + second
        guard Self.skip(".", &rest) else { return true }
        let count = rest.count
        guard let fraction = Self.number(&rest, digits: 1 ... 9) else { return false }
        nanoseconds = (0 ..< 9 - (count - rest.count)).reduce(fraction) { product, _ in product * 10 }
        return true
    }

    /// `Z`, `+05`, `-03:30`, `+00:19:32`, or nothing.
    private mutating func readOffset(_ rest: inout Slice<UnsafeRawBufferPointer>) -> Bool {
        if rest.isEmpty { return true }
        if Self.skip("Z", &rest) {
            offset = 0
            return true
        }
        let isWest = Self.skip("-", &rest)
        guard isWest || Self.skip("+", &rest), var sum = Self.number(&rest, digits: 2 ... 2).map({ $0 * 3600 }) else {
            return false
        }
        for unit in [60, 1] where Self.skip(":", &rest) {
            guard let part = Self.number(&rest, digits: 2 ... 2), part < 60 else { return false }
            sum += part * unit
        }
        offset = isWest ? -sum : sum
        return true
    }

    private static func number(_ rest: inout Slice<UnsafeRawBufferPointer>, digits: ClosedRange<Int>) -> Int? {
        let text = rest.prefix(digits.upperBound).prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
        guard digits.contains(text.count) else { return nil }
        rest = rest.dropFirst(text.count)
        return text.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }

    private static func skip(_ character: Unicode.Scalar, _ rest: inout Slice<UnsafeRawBufferPointer>) -> Bool {
        guard rest.first == UInt8(ascii: character) else { return false }
        rest = rest.dropFirst()
        return true
    }

    private static func days(inMonth month: Int, of year: Int) -> Int {
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        return month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
    }

    /// Days since 1970-01-01 in the Gregorian calendar, before its time too, as both servers count. Years begin in
    /// March, so that the day of a leap year is the last.
    private static func day(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let year = month > 2 ? year : year - 1, era = year / 400, yearOfEra = year % 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}
