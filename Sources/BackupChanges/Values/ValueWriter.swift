import BackupBytes
import BackupRows
import CBackupKernels

/// Writes values of rows as JSON: how each lies in a row is its column's form.
@safe final class ValueWriter {
    let out: LineText
    let values: ValueOptions
    private let inflater: Inflater
    let documents: DocumentWriter
    /// U+FFFD written for bytes that are not text.
    var replaced = 0
    private let isHex: Bool
    private let keys = JSONKeys()
    private let decoder = TextDecoder()

    init(_ out: LineText, _ values: ValueOptions, inflater: Inflater) {
        (self.out, self.values, self.inflater) = (out, values, inflater)
        documents = DocumentWriter(out, values)
        isHex = values.binary == .hex
    }

    /// Writes the value at the front of `row`. `isQuoted`: its digits are a string.
    func put(_ form: ValueForm, isQuoted: Bool, _ row: inout EventBytes) throws(ChangeError) {
        if isQuoted { try out.append(UInt8(ascii: "\"")) }
        switch form {
        case .integer(let bytes, let isUnsigned):
            let value = try row.number(bytes), shift = UInt64(64 - 8 * bytes)
            if isUnsigned {
                try out.append(digits: value)
            } else {
                try out.append(number: Int(Int64(bitPattern: value << shift) >> Int64(shift)))
            }
        case .decimal(let precision, let scale): try DecimalText.put(&row, precision, scale, out)
        case .float: try putFloat(Float(bitPattern: UInt32(try row.number(4))))
        case .double: try putDouble(Double(bitPattern: try row.number(8)))
        case .year:
            let value = try row.number(1)
            try out.append(digits: value == 0 ? 0 : value + 1900)
        case .bit(let bytes): try out.append(digits: try row.bigEndian(bytes))
        case .date: try quoted { writer throws(ChangeError) in try TimeText.putDate(try row.number(3), writer) }
        case .oldTime: try quoted { writer throws(ChangeError) in try TimeText.putOldTime(try row.number(3), writer) }
        case .oldDateTime:
            try quoted { writer throws(ChangeError) in try TimeText.putOldDateTime(try row.number(8), writer) }
        case .oldTimestamp:
            try quoted { writer throws(ChangeError) in try TimeText.putTimestamp(try row.number(4), 0, 0, writer) }
        case .time(let digits): try quoted { writer throws(ChangeError) in try TimeText.putTime(&row, digits, writer) }
        case .dateTime(let digits):
            try quoted { writer throws(ChangeError) in try TimeText.putDateTime(&row, digits, writer) }
        case .timestamp(let digits):
            try quoted { writer throws(ChangeError) in
                let seconds = try row.bigEndian(4)
                try TimeText.putTimestamp(seconds, try TimeText.fraction(&row, digits), digits, writer)
            }
        case .text(let lengthBytes, let decoder):
            try putText(try row.take(try row.int(lengthBytes)), decoder)
        case .compressed(let lengthBytes, let decoder, let isText):
            try putCompressed(try row.take(try row.int(lengthBytes)), decoder, isText: isText)
        case .bytes(let lengthBytes, let padded):
            let value = try row.take(try row.int(lengthBytes))
            try out.appendBytes(value, zeros: max(0, padded - value.count), isHex: isHex)
        case .json(let lengthBytes): try documents.put(try row.take(try row.int(lengthBytes)))
        case .jsonText(let lengthBytes): try putJSON(try row.take(try row.int(lengthBytes)))
        case .enumeration(let bytes, let labels): try putLabel(Int(try row.number(bytes)), labels)
        case .set(let bytes, let labels): try putSet(try row.number(bytes), labels)
        case .uuid, .inet4, .inet6: try putAddress(form, &row)
        case .null: try out.append("null")
        }
        if isQuoted { try out.append(UInt8(ascii: "\"")) }
    }

    /// Passes over a value.
    func skip(_ form: ValueForm, _ row: inout EventBytes) throws(ChangeError) {
        switch form {
        case .text(let lengthBytes, _), .compressed(let lengthBytes, _, _), .bytes(let lengthBytes, _),
            .json(let lengthBytes), .jsonText(let lengthBytes):
            try row.skip(try row.int(lengthBytes))
        case .float, .oldTimestamp: try row.skip(4)
        case .oldTime: try row.skip(3)
        case .oldDateTime: try row.skip(8)
        case .uuid, .inet4, .inet6: try row.skip(try row.int(1))
        case .enumeration(let bytes, _), .set(let bytes, _): try row.skip(bytes)
        case .integer, .decimal, .double, .year, .bit, .date, .time, .dateTime, .timestamp, .null:
            let end = out.end
            try put(form, isQuoted: false, &row)
            out.truncate(to: end)
        }
    }

    private func quoted(_ body: (LineText) throws(ChangeError) -> Void) throws(ChangeError) {
        try out.append(UInt8(ascii: "\""))
        try body(out)
        try out.append(UInt8(ascii: "\""))
    }

    /// As MySQL prints it: `1`, `1e20`, `-3.4e38`.
    func putDouble(_ value: Double) throws(ChangeError) {
        guard value.isFinite else { return try putSpecial(isNaN: value.isNaN, isNegative: value.sign == .minus) }
        try out.reserve(FloatText.room)
        out.commit(unsafe FloatText.put(value, out.next))
    }

    private func putFloat(_ value: Float) throws(ChangeError) {
        guard value.isFinite else { return try putSpecial(isNaN: value.isNaN, isNegative: value.sign == .minus) }
        try out.reserve(FloatText.room)
        out.commit(unsafe FloatText.put(value, out.next))
    }

    private func putSpecial(isNaN: Bool, isNegative: Bool) throws(ChangeError) {
        try out.append(isNaN ? "\"NaN\"" : isNegative ? "\"-Infinity\"" : "\"Infinity\"")
    }

    // MARK: Text

    private func putText(_ value: EventBytes, _ column: ColumnCharset?) throws(ChangeError) {
        guard let column else {
            if try out.appendString(value) { return }
            try replace(value.array, "UTF-8")
            return
        }
        if column.hasASCII, try out.appendASCII(value) { return }
        if let text = try decoder.decode(value, column), try out.appendString(text) { return }
        guard values.invalidUTF8 == .replace else {
            throw ChangeError(.badText, "bytes that are not \(column.charset.name)")
        }
        _ = try out.appendString(column.charset.decodeReplacing(value.array, count: &replaced))
    }

    func replace(_ bytes: [UInt8], _ charset: String) throws(ChangeError) {
        guard values.invalidUTF8 == .replace else { throw ChangeError(.badText, "bytes that are not \(charset)") }
        let text = String(decoding: bytes, as: UTF8.self)
        replaced += text.unicodeScalars.count { $0 == "\u{FFFD}" }
        _ = try out.appendString(Array(text.utf8))
    }

    /// JSON that is text already; a string where it is none, or has a key twice.
    private func putJSON(_ value: EventBytes) throws(ChangeError) {
        guard values.documents == .embed, values.types == .schema, !value.isEmpty else {
            return try putText(value, nil)
        }
        let room = value.count + Int(BK_SLACK)
        try out.reserve(2 * room)
        let text = unsafe out.next + room
        unsafe text.update(from: value.next, count: value.count)
        guard unsafe bk_utf8_valid_prefix(text, value.count) == value.count,
            let written = unsafe keys.writeLine(of: text, value.count, to: out.next)
        else { return try putText(value, nil) }
        out.commit(written)
    }

    /// The first byte: how it is compressed in its upper half, bytes of a length in the lower one.
    private func putCompressed(_ value: EventBytes, _ column: ColumnCharset?, isText: Bool) throws(ChangeError) {
        var rest = value
        guard !rest.isEmpty else { return try out.append("\"\"") }
        let head = try rest.byte(), plain = head == 0 ? rest : try inflater.inflateColumn(head, &rest)
        if isText { try putText(plain, column) } else { try out.appendBytes(plain, isHex: isHex) }
    }

    private func putLabel(_ number: Int, _ labels: [[UInt8]]) throws(ChangeError) {
        if labels.isEmpty { return try out.append(number: number) }
        // 0 is MySQL's word for a value that was none of the list.
        if number == 0 { return try out.append("\"\"") }
        guard labels.indices.contains(number - 1) else {
            throw .damaged("an ENUM of \(labels.count) words has the value \(number)")
        }
        try out.append(labels[number - 1])
    }

    private func putSet(_ bits: UInt64, _ labels: [[UInt8]]) throws(ChangeError) {
        if labels.isEmpty { return try out.append(digits: bits) }
        guard labels.count >= 64 || bits >> UInt64(labels.count) == 0 else {
            throw .damaged("a SET of \(labels.count) words has others")
        }
        try out.append(UInt8(ascii: "\""))
        var isFirst = true
        for (index, label) in labels.enumerated() where bits & (1 << UInt64(index)) != 0 {
            if !isFirst { try out.append(UInt8(ascii: ",")) }
            try out.append(Array(label.dropFirst().dropLast()))
            isFirst = false
        }
        try out.append(UInt8(ascii: "\""))
    }
}
