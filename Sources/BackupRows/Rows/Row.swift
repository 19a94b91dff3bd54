import BackupBytes
import CBackupKernels

/// One row of a batch. Values are those that a conversion writes, made by the same code.
public struct Row: Sendable {
    public let table: TableName
    /// The keys, in column order.
    public let keys: [String]
    /// Number of the row in its entry, from 1.
    public let number: Int
    private let values: [RowValue?]

    package init(table: TableName, keys: [String], number: Int, values: [RowValue?]) {
        self.table = table
        self.keys = keys
        self.number = number
        self.values = values
    }

    /// The value of a column; nil where the export leaves it out (DEFAULT in an INSERT), or there is no such column.
    public subscript(key: String) -> RowValue? {
        keys.firstIndex { ExactText($0) == ExactText(key) }.flatMap { values[$0] }
    }
    /// The value of a column by its place; nil where there is no such column, for INSERTs may name fewer than the table
    /// has.
    public subscript(index: Int) -> RowValue? { values.indices.contains(index) ? values[index] : nil }

    /// The row as one JSON object.
    public var json: String {
        let members = zip(keys, values).compactMap { key, value in
            value.map { "\(RowValue(text: key).json):\($0.json)" }
        }
        return "{" + members.joined(separator: ",") + "}"
    }
}

/// A value as exact JSON text: digits, zeros and signs as the database wrote them.
public struct RowValue: Sendable, Hashable, CustomStringConvertible {
    /// `1.10`, `"Ann"`, `null`, `{"a":1}`.
    public let json: String

    package init(json: String) { self.json = json }

    /// A string value.
    package init(text: String) {
        let bytes = Array(text.utf8)
        var escaped = [UInt8](repeating: 0, count: bytes.count * 6 + 1)
        let length = unsafe bk_escape_json(bytes, bytes.count, &escaped)
        json = "\"" + String(decoding: escaped[..<length], as: UTF8.self) + "\""
    }

    public var isNull: Bool { json == "null" }

    /// The text of a string value, or the digits of a number.
    public var description: String { string ?? json }

    /// The text of a string value; nil for other types.
    public var string: String? {
        guard json.utf8.first == UInt8(ascii: "\"") else { return nil }
        return JSONText.decode(json)
    }

    /// An integer that fits; nil for other values.
    public var int: Int? { Int(json) }
    public var double: Double? { Double(json) }
    public var bool: Bool? { Bool(json) }
}

enum JSONText {
    /// The text of a JSON string with its quotes, as the kernels write it: short escapes and `\u00XX`.
    package static func decode(_ json: String) -> String {
        var out: [UInt8] = [], bytes = Array(json.utf8.dropFirst().dropLast())[...]
        while let byte = bytes.popFirst() {
            guard byte == UInt8(ascii: "\\"), let escaped = bytes.popFirst() else {
                out.append(byte)
                continue
            }
            switch escaped {
            case UInt8(ascii: "b"): out.append(8)
            case UInt8(ascii: "f"): out.append(12)
            case UInt8(ascii: "n"): out.append(10)
            case UInt8(ascii: "r"): out.append(13)
            case UInt8(ascii: "t"): out.append(9)
            case UInt8(ascii: "u"):
                out.append(UInt8(String(decoding: bytes.prefix(4), as: UTF8.self), radix: 16) ?? 0)
                bytes = bytes.dropFirst(4)
            default: out.append(escaped)
            }
        }
        return String(decoding: out, as: UTF8.self)
    }
}

extension RowBatch {
    /// All rows, in order.
    ///
    /// - Throws: `RowFault` for the first row that cannot be read exactly.
    package func rows() throws(RowFault) -> [Row] {
        let scratch = UnsafeMutableRawBufferPointer.allocate(byteCount: slab.capacity + 1024, alignment: 64)
        defer { unsafe scratch.deallocate() }
        var preparation = unsafe ColumnPreparation(self, scratch: scratch.baseAddress!)
        preparation.run()
        var rows: [Row] = []
        rows.reserveCapacity(rowCount)
        for row in 0 ..< rowCount {
            if let row = try unsafe self.row(
                row, preparation.faults[row], scratch.baseAddress!.assumingMemoryBound(to: UInt8.self))
            {
                rows.append(row)
            }
        }
        return rows
    }

    /// nil for a blank line.
    private func row(
        _ row: Int, _ prepared: PreparedFault?, _ scratch: UnsafeMutablePointer<UInt8>
    ) throws(RowFault) -> Row? {
        let range = marks.fieldRange(ofRow: row), record = unsafe record(row)
        func fault(_ code: RowFault.Code, _ column: Int?, _ detail: String, at place: Int? = nil) -> RowFault {
            unsafe RowFault(
                code: code, row: firstRowNumber + row, offset: slabOffset + (place ?? Int(marks.rows[row].start)),
                column: column.map { columns[$0].name }, detail: detail, record: unsafe Array(record))
        }
        if let prepared { throw fault(.badUTF8, prepared.column, "", at: prepared.offset) }
        guard range.count == columns.count else {
            if unsafe range.count == 1 && record.isEmpty && columns.count > 1 { return nil }
            throw fault(.fieldCount, nil, "\(range.count) fields where \(columns.count) belong")
        }
        var values: [RowValue?] = []
        var plan = unsafe layout.plan
        for (column, index) in range.enumerated() {
            let field = unsafe marks.fields[index]
            guard field.start & ~UInt32(BK_OFFSET) != BK_ABSENT.rawValue else {
                values.append(nil)
                continue
            }
            var why = BK_FAULT_NONE
            var out = [UInt8](repeating: 0, count: 256)
            var length = unsafe emit(field, column, &plan, &out, scratch, &why)
            if length > out.count - Int(BK_SLACK) {
                out = [UInt8](repeating: 0, count: length + Int(BK_SLACK))
                length = unsafe emit(field, column, &plan, &out, scratch, &why)
            }
            guard length >= 0 else { throw fault(RowFault.Code(why), column, excerpt(field)) }
            values.append(RowValue(json: String(decoding: out[..<length], as: UTF8.self)))
        }
        return Row(table: table, keys: layout.keys, number: firstRowNumber + row, values: values)
    }

    private func emit(
        _ field: bk_field, _ column: Int, _ plan: inout bk_plan, _ out: inout [UInt8],
        _ scratch: UnsafeMutablePointer<UInt8>, _ why: inout bk_fault
    ) -> Int {
        let capacity = out.count - Int(BK_SLACK)
        return unsafe withKernel(isUTF8: false) { kernel in
            unsafe out.withUnsafeMutableBufferPointer {
                unsafe bk_emit_field(
                    kernel, &plan, field, layout.rules[column].kernel, $0.baseAddress, capacity, scratch, &why)
            }
        }
    }
}
