import BackupRows
import CBackupKernels

/// Values inside lists and groups, as JSON.
@safe final class NestedText {
    let form: TextForm
    private let values: ValueOptions
    /// Digits are written as strings.
    private let quotesDigits: Bool
    private let keys = JSONKeys()
    /// U+FFFD written for bytes that are not text.
    private(set) var replaced = 0

    init(_ form: TextForm, isBig: Bool, values: ValueOptions) {
        (self.form, self.values) = (form, values)
        quotesDigits =
            switch form {
            case .signed, .unsigned64, .unsigned32: isBig && values.bigIntegers == .string
            case .decimal, .decimalBytes: values.decimals == .string
            default: false
            }
    }

    /// Writes JSON text on one line; false where it is none.
    private func putJSON(_ value: ValueBytes, _ out: TextSlab) throws(ParquetError) -> Bool {
        let room = value.count + Int(BK_SLACK)
        try out.reserve(2 * room)
        let text = unsafe out.next + room
        unsafe text.update(from: value.start, count: value.count)
        guard let written = unsafe keys.writeLine(of: text, value.count, to: out.next) else { return false }
        out.commit(written)
        return true
    }

    /// Writes a number. Always true.
    func put(_ number: Int64, _ out: TextSlab) throws(ParquetError) -> Bool {
        try out.reserve(form.room(8) + 2)
        switch form {
        case .date, .time, .timestamp: return unsafe quoted(ValueText.put(number, form, out.next + 1), out)
        case .float, .double:
            let count = unsafe ValueText.put(number, form, out.next)
            return endFloat(count, out)
        default:
            if quotesDigits { return unsafe quoted(ValueText.put(number, form, out.next + 1), out) }
            out.commit(unsafe ValueText.put(number, form, out.next))
            return true
        }
    }

    /// Writes bytes; false where they are no UTF-8 and should be: then they stand there as they are.
    func put(_ value: ValueBytes, _ out: TextSlab) throws(ParquetError) -> Bool {
        switch form {
        case .text: return try putText(value, out)
        case .json:
            if values.documents == .embed, try putJSON(value, out) { return true }
            return try putText(value, out)
        case .bytes:
            try unsafe out.append(JSONText.binary(unsafe .init(value.bytes), isHex: values.binary == .hex))
            return true
        default: break
        }
        try out.reserve(form.room(value.count) + 2)
        switch form {
        case .half: return unsafe endFloat(ValueText.put(value, form, out.next), out)
        case .interval: out.commit(unsafe ValueText.put(value, form, out.next))
        case .decimalBytes where !quotesDigits: out.commit(unsafe ValueText.put(value, form, out.next))
        default: return unsafe quoted(ValueText.put(value, form, out.next + 1), out)
        }
        return true
    }

    /// Puts quotes around so many bytes that stand one byte after the next.
    private func quoted(_ count: Int, _ out: TextSlab) -> Bool {
        unsafe out.next[0] = UInt8(ascii: "\"")
        unsafe out.next[count + 1] = UInt8(ascii: "\"")
        out.commit(count + 2)
        return true
    }

    /// NaN and the infinities are no JSON: they become strings.
    private func endFloat(_ count: Int, _ out: TextSlab) -> Bool {
        let last = unsafe out.next[count - 1]
        guard last == UInt8(ascii: "N") || last == UInt8(ascii: "y") else {
            out.commit(count)
            return true
        }
        for index in stride(from: count, to: 0, by: -1) { unsafe out.next[index] = unsafe out.next[index - 1] }
        return quoted(count, out)
    }

    private func putText(_ value: ValueBytes, _ out: TextSlab) throws(ParquetError) -> Bool {
        let valid = unsafe bk_utf8_valid_prefix(value.start, value.count)
        if valid == value.count {
            try putQuoted(value, out)
            return true
        }
        guard values.invalidUTF8 == .replace else {
            try out.append(value)
            return false
        }
        var text = ""
        unsafe text.append(String(decoding: value.bytes, as: UTF8.self))
        replaced += text.unicodeScalars.count { $0 == "\u{FFFD}" }
        var bytes = Array(text.utf8)
        try unsafe bytes.withUnsafeMutableBufferPointer { bytes throws(ParquetError) in
            guard let base = bytes.baseAddress else { return }
            try unsafe putQuoted(ValueBytes(base, bytes.count), out)
        }
        return true
    }

    private func putQuoted(_ value: ValueBytes, _ out: TextSlab) throws(ParquetError) {
        let isClean = CleanText.isClean(value)
        try out.reserve((isClean ? value.count : value.count * 6) + 2)
        let next = unsafe out.next
        unsafe next[0] = UInt8(ascii: "\"")
        var count = value.count
        if isClean {
            unsafe (next + 1).update(from: value.start, count: count)
        } else {
            count = unsafe bk_escape_json(value.start, value.count, next + 1)
        }
        unsafe next[count + 1] = UInt8(ascii: "\"")
        out.commit(count + 2)
    }
}
