import CBackupKernels

/// Dates and times as the servers print them. Zero dates and days that no month has stay as they are stored.
enum TimeText {
    /// DATE: day, month, year from the lowest bit on.
    static func putDate(_ value: UInt64, _ out: LineText) throws(ChangeError) {
        try putDate(year: value >> 9, month: value >> 5 & 15, day: value & 31, out)
    }

    /// TIME before 5.6.4: the digits hhmmss as a number with a sign.
    static func putOldTime(_ value: UInt64, _ out: LineText) throws(ChangeError) {
        let signed = Int64(bitPattern: value << 40) >> 40
        if signed < 0 { try out.append(UInt8(ascii: "-")) }
        let digits = signed.magnitude
        try putClock(digits / 10000, digits / 100 % 100, digits % 100, out)
    }

    /// DATETIME before 5.6.4: the digits YYYYMMDDhhmmss as a number.
    static func putOldDateTime(_ value: UInt64, _ out: LineText) throws(ChangeError) {
        let date = value / 1_000_000, time = value % 1_000_000
        try putDate(year: date / 10000, month: date / 100 % 100, day: date % 100, out)
        try out.append(UInt8(ascii: " "))
        try putClock(time / 10000, time / 100 % 100, time % 100, out)
    }

    /// TIMESTAMP: seconds since 1970 in UTC, four bytes; 0 is the zero date.
    @inline(__always)
    static func putTimestamp(
        _ seconds: UInt64, _ fraction: UInt64, _ digits: Int, _ out: LineText
    ) throws(ChangeError) {
        if seconds == 0 && fraction == 0 {
            try out.append("0000-00-00 00:00:00")
        } else {
            try out.reserve(LineText.shortRoom)
            let (day, time) = seconds.quotientAndRemainder(dividingBy: 86400)
            unsafe bk_put_date(Int32(truncatingIfNeeded: day), out.next)
            unsafe out.next[10] = UInt8(ascii: " ")
            unsafe bk_put_time(UInt32(truncatingIfNeeded: time), out.next + 11)
            out.commit(19)
        }
        try putFraction(fraction, digits, out)
    }

    /// DATETIME: 17 bits of year * 13 + month, 5 of day, 5 of hour, 6 of minute, 6 of second, less 2^39; then the
    /// fraction.
    @inline(__always)
    static func putDateTime(_ row: inout EventBytes, _ digits: Int, _ out: LineText) throws(ChangeError) {
        let stored = try row.bigEndian(5)
        guard stored >= 0x80_0000_0000 else { throw .damaged("a DATETIME before the year 0") }
        try putPacked(stored - 0x80_0000_0000, out)
        try putFraction(try fraction(&row, digits), digits, out)
    }

    /// Year, month, day, hour, minute and second as DATETIME packs them.
    static func putPacked(_ value: UInt64, _ out: LineText) throws(ChangeError) {
        try putPackedDate(value, out)
        try out.append(UInt8(ascii: " "))
        try putClock(value >> 12 & 31, value >> 6 & 63, value & 63, out)
    }

    @inline(__always)
    static func putPackedDate(_ value: UInt64, _ out: LineText) throws(ChangeError) {
        let months = value >> 22
        try putDate(year: months / 13, month: months % 13, day: value >> 17 & 31, out)
    }

    /// TIME: 10 bits of hour, 6 of minute, 6 of second, and the fraction, as one number, less half of its range.
    static func putTime(_ row: inout EventBytes, _ digits: Int, _ out: LineText) throws(ChangeError) {
        let bytes = (digits + 1) / 2, stored = try row.bigEndian(3 + bytes)
        let signed = Int64(stored) - (0x80_0000 << Int64(8 * bytes)), value = signed.magnitude
        if signed < 0 { try out.append(UInt8(ascii: "-")) }
        let clock = value >> UInt64(8 * bytes), fraction = value & (1 << UInt64(8 * bytes) - 1)
        try putClock(clock >> 12 & 1023, clock >> 6 & 63, clock & 63, out)
        try putFraction(digits % 2 == 1 ? fraction / 10 : fraction, digits, out)
    }

    /// The fraction after a DATETIME or TIMESTAMP, in units of its last digit.
    @inline(__always)
    static func fraction(_ row: inout EventBytes, _ digits: Int) throws(ChangeError) -> UInt64 {
        if digits == 0 { return 0 }
        let stored = try row.bigEndian((digits + 1) / 2)
        return digits % 2 == 1 ? stored / 10 : stored
    }

    /// The last `digits` of a fraction: at most six of MySQL's.
    @inline(__always)
    static func putFraction(_ fraction: UInt64, _ digits: Int, _ out: LineText) throws(ChangeError) {
        guard digits > 0 else { return }
        try out.reserve(LineText.shortRoom)
        unsafe out.next[0] = UInt8(ascii: ".")
        unsafe bk_put_digits(fraction, digits, out.next + 1)
        out.commit(digits + 1)
    }

    @inline(__always)
    private static func putDate(year: UInt64, month: UInt64, day: UInt64, _ out: LineText) throws(ChangeError) {
        try out.reserve(LineText.shortRoom)
        unsafe bk_put_calendar(
            UInt32(truncatingIfNeeded: year % 10000), UInt32(truncatingIfNeeded: month),
            UInt32(truncatingIfNeeded: day), out.next)
        out.commit(10)
    }

    /// Hours may have three digits, and more where they are no time: the last three of them.
    @inline(__always)
    static func putClock(_ hour: UInt64, _ minute: UInt64, _ second: UInt64, _ out: LineText) throws(ChangeError) {
        try out.reserve(LineText.shortRoom)
        let (hundreds, hours) = hour.quotientAndRemainder(dividingBy: 100)
        if hundreds > 0 {
            unsafe out.next.pointee = UInt8(truncatingIfNeeded: 0x30 + hundreds % 10)
            out.commit(1)
        }
        unsafe bk_put_clock(
            UInt32(truncatingIfNeeded: hours), UInt32(truncatingIfNeeded: minute), UInt32(truncatingIfNeeded: second),
            out.next)
        out.commit(8)
    }
}
