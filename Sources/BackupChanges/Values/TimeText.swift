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

    /// TIMESTAMP: seconds since 1970 in UTC; 0 is the zero date.
    static func putTimestamp(
        _ seconds: UInt64, _ fraction: UInt64, _ digits: Int, _ out: LineText
    ) throws(ChangeError) {
        if seconds == 0 && fraction == 0 {
            try out.append("0000-00-00 00:00:00")
        } else {
            let day = seconds / 86400, time = seconds % 86400
            // Days since 1970 to the proleptic Gregorian calendar, by eras of 400 years from 0000-03-01 on.
            let shifted = day + 719_468, era = shifted / 146_097, ofEra = shifted % 146_097
            let yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36524 - ofEra / 146_096) / 365
            let ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100), month = (5 * ofYear + 2) / 153
            let calendarMonth = month < 10 ? month + 3 : month - 9
            try putDate(
                year: yearOfEra + era * 400 + (calendarMonth <= 2 ? 1 : 0), month: calendarMonth,
                day: ofYear - (153 * month + 2) / 5 + 1, out)
            try out.append(UInt8(ascii: " "))
            try putClock(time / 3600, time / 60 % 60, time % 60, out)
        }
        try putFraction(fraction, digits, out)
    }

    /// DATETIME: 17 bits of year * 13 + month, 5 of day, 5 of hour, 6 of minute, 6 of second, less 2^39; then the
    /// fraction.
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
    static func fraction(_ row: inout EventBytes, _ digits: Int) throws(ChangeError) -> UInt64 {
        let stored = try row.bigEndian((digits + 1) / 2)
        return digits % 2 == 1 ? stored / 10 : stored
    }

    static func putFraction(_ fraction: UInt64, _ digits: Int, _ out: LineText) throws(ChangeError) {
        guard digits > 0 else { return }
        try out.append(UInt8(ascii: "."))
        try out.append(digits: fraction, width: digits)
    }

    private static func putDate(year: UInt64, month: UInt64, day: UInt64, _ out: LineText) throws(ChangeError) {
        try out.append(digits: year, width: 4)
        try out.append(UInt8(ascii: "-"))
        try out.append(digits: month, width: 2)
        try out.append(UInt8(ascii: "-"))
        try out.append(digits: day, width: 2)
    }

    /// Hours may have three digits.
    static func putClock(_ hour: UInt64, _ minute: UInt64, _ second: UInt64, _ out: LineText) throws(ChangeError) {
        try out.append(digits: hour, width: hour > 99 ? 3 : 2)
        try out.append(UInt8(ascii: ":"))
        try out.append(digits: minute, width: 2)
        try out.append(UInt8(ascii: ":"))
        try out.append(digits: second, width: 2)
    }
}
