import CBackupKernels

/// Dates and times as text, in the Gregorian calendar as if it had always been there.
enum CalendarText {
    static let secondsOfDay: Int64 = 86_400

    /// `YYYY-MM-DD` of days since 1970; years beyond 9999 have more digits, those before 0 a minus.
    @inline(__always)
    static func putDate(_ days: Int64, _ out: UnsafeMutablePointer<UInt8>) -> Int {
        if days >= -719_528 && days <= 2_932_896 {
            unsafe bk_put_date(Int32(truncatingIfNeeded: days), out)
            return 10
        }
        return unsafe putFarDate(days, out)
    }

    /// The same of any year.
    private static func putFarDate(_ days: Int64, _ out: UnsafeMutablePointer<UInt8>) -> Int {
        // Years that begin in March end with the leap day; 400 of them are an era of as many days.
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let march = (5 * dayOfYear + 2) / 153, day = dayOfYear - (153 * march + 2) / 5 + 1
        let month = march < 10 ? march + 3 : march - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        var at = 0
        if year < 0 {
            unsafe out[0] = UInt8(ascii: "-")
            at = 1
        }
        if year.magnitude > 9999 {
            at += unsafe NumberText.put(year.magnitude, out + at)
        } else {
            unsafe NumberText.putDigits(year.magnitude, 4, out + at)
            at += 4
        }
        unsafe out[at] = UInt8(ascii: "-")
        unsafe NumberText.putDigits(UInt64(month), 2, out + at + 1)
        unsafe out[at + 3] = UInt8(ascii: "-")
        unsafe NumberText.putDigits(UInt64(day), 2, out + at + 4)
        return at + 6
    }

    /// `HH:MM:SS` and the fraction: `units` of the text's unit since midnight, negative ones with a minus.
    @inline(__always)
    static func putTime(_ units: Int64, _ form: TimeText, _ out: UnsafeMutablePointer<UInt8>) -> Int {
        var at = 0
        if units < 0 {
            unsafe out[0] = UInt8(ascii: "-")
            at = 1
        }
        let (seconds, fraction) = units.magnitude.quotientAndRemainder(dividingBy: UInt64(form.unit.perSecond))
        if seconds < 360_000 {
            unsafe bk_put_time(UInt32(truncatingIfNeeded: seconds), out + at)
            at += 8
        } else {
            at += unsafe NumberText.put(seconds / 3600, out + at)
            // The two digits of the hours give way to the colon.
            unsafe bk_put_time(UInt32(truncatingIfNeeded: seconds % 3600), out + at + 8)
            unsafe (out + at).update(from: out + at + 10, count: 6)
            at += 6
        }
        at += unsafe putFraction(fraction, form, out + at)
        return unsafe at + putZone(form, out + at)
    }

    private static func putFraction(_ fraction: UInt64, _ form: TimeText, _ out: UnsafeMutablePointer<UInt8>) -> Int {
        var count = form.unit.digits
        unsafe NumberText.putDigits(fraction, count, out + 1)
        let wanted =
            switch form.fraction {
            case .unit: count
            case .digits(let digits): digits
            case .needed: 0
            }
        while unsafe count > wanted && out[count] == UInt8(ascii: "0") { count -= 1 }
        while count < wanted {
            count += 1
            unsafe out[count] = UInt8(ascii: "0")
        }
        if count == 0 { return 0 }
        unsafe out[0] = UInt8(ascii: ".")
        return count + 1
    }

    private static func putZone(_ form: TimeText, _ out: UnsafeMutablePointer<UInt8>) -> Int {
        if form.zone.isEmpty { return 0 }
        return unsafe NumberText.put(form.zone, out)
    }

    /// A date, a blank and a time: `units` of the text's unit since 1970.
    static func putTimestamp(_ units: Int64, _ form: TimeText, _ out: UnsafeMutablePointer<UInt8>) -> Int {
        let perDay = secondsOfDay * form.unit.perSecond
        var (days, rest) = units.quotientAndRemainder(dividingBy: perDay)
        if rest < 0 {
            rest += perDay
            days -= 1
        }
        return unsafe putTimestamp(days: days, rest, form, out)
    }

    private static func putTimestamp(
        days: Int64, _ units: Int64, _ form: TimeText, _ out: UnsafeMutablePointer<UInt8>
    ) -> Int {
        let at = unsafe putDate(days, out)
        unsafe out[at] = UInt8(ascii: " ")
        return unsafe at + 1 + putTime(units, form, out + at + 1)
    }

    /// INT96: nanoseconds of a day, then the Julian day, both the lowest byte first.
    static func putINT96(_ bytes: UnsafePointer<UInt8>, _ form: TimeText, _ out: UnsafeMutablePointer<UInt8>) -> Int {
        let raw = unsafe UnsafeRawPointer(bytes)
        let nanos = unsafe raw.loadUnaligned(as: Int64.self)
        var days = unsafe Int64(raw.loadUnaligned(fromByteOffset: 8, as: Int32.self)) - 2_440_588
        let perDay = secondsOfDay * 1_000_000_000
        var (more, rest) = nanos.quotientAndRemainder(dividingBy: perDay)
        if rest < 0 {
            rest += perDay
            more -= 1
        }
        days += more
        return unsafe putTimestamp(days: days, rest, form, out)
    }
}
