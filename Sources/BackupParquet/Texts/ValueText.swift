import BackupRows

/// The text of one value in its form, into memory with room for `TextForm.room` bytes; returns the bytes written.
enum ValueText {
    static func put(_ number: Int64, _ form: TextForm, _ out: UnsafeMutablePointer<UInt8>) -> Int {
        switch form {
        case .unsigned32: unsafe NumberText.put(UInt64(UInt32(truncatingIfNeeded: number)), out)
        case .unsigned64: unsafe NumberText.put(UInt64(bitPattern: number), out)
        case .boolean: unsafe NumberText.put(number != 0 ? "true" : "false", out)
        case .float: unsafe NumberText.put(Float(bitPattern: UInt32(truncatingIfNeeded: number)), out)
        case .double: unsafe NumberText.put(Double(bitPattern: UInt64(bitPattern: number)), out)
        case .decimal(let scale), .decimalBytes(let scale): unsafe DecimalText.put(number, scale: scale, out)
        case .date: unsafe CalendarText.putDate(number, out)
        case .time(let form): unsafe CalendarText.putTime(number, form, out)
        case .timestamp(let form): unsafe CalendarText.putTimestamp(number, form, out)
        default: unsafe NumberText.put(number, out)
        }
    }

    /// Of a form that is not the bytes as they are.
    static func put(_ value: ValueBytes, _ form: TextForm, _ out: UnsafeMutablePointer<UInt8>) -> Int {
        switch form {
        case .uuid: return unsafe putUUID(value.start, out)
        case .half:
            let bits = unsafe UnsafeRawPointer(value.start).loadUnaligned(as: UInt16.self)
            return unsafe NumberText.put(Float16(bitPattern: bits), out)
        case .decimalBytes(let scale): return unsafe DecimalText.put(value.bytes, scale: scale, out)
        case .int96(let form): return unsafe CalendarText.putINT96(value.start, form, out)
        case .interval: return unsafe putInterval(value.start, out)
        default: return 0
        }
    }

    /// Bytes of a decimal: its digits take time that grows with their square.
    static let decimalLimit = 4096

    /// Writes a value of a form that is not the bytes as they are.
    static func append(_ value: ValueBytes, _ form: TextForm, _ text: TextSlab) throws(ParquetError) {
        if value.count > decimalLimit {
            throw ParquetError(.overLimit, "a number is longer than \(decimalLimit) bytes")
        }
        try text.reserve(form.room(value.count))
        text.commit(unsafe put(value, form, text.next))
    }

    private static let digits = Array("0123456789abcdef".utf8)

    private static func putUUID(_ bytes: UnsafePointer<UInt8>, _ out: UnsafeMutablePointer<UInt8>) -> Int {
        var at = 0
        for index in 0 ..< 16 {
            if index == 4 || index == 6 || index == 8 || index == 10 {
                unsafe out[at] = UInt8(ascii: "-")
                at += 1
            }
            unsafe out[at] = unsafe digits[Int(bytes[index] >> 4)]
            unsafe out[at + 1] = unsafe digits[Int(bytes[index] & 15)]
            at += 2
        }
        return at
    }

    private static func putInterval(_ bytes: UnsafePointer<UInt8>, _ out: UnsafeMutablePointer<UInt8>) -> Int {
        let raw = unsafe UnsafeRawPointer(bytes)
        func part(_ index: Int) -> UInt32 { unsafe raw.loadUnaligned(fromByteOffset: index * 4, as: UInt32.self) }
        return unsafe NumberText.put(#"{"months":\#(part(0)),"days":\#(part(1)),"millis":\#(part(2))}"#, out)
    }
}
