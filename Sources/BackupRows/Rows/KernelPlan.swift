import CBackupKernels

/// What the kernels need to know of a table's rows, composed of how its values are spelled and how its lines are
/// written. It owns the memory that the plan points into.
///
/// Unchecked because of its memory. The rule: it is written in `init` alone.
@safe final class KernelPlan: @unchecked Sendable {
    let kernel: bk_plan
    private let columns: UnsafeMutableBufferPointer<bk_column>
    /// All keys, the line's beginning, the texts that mean NULL.
    private let texts: UnsafeMutableBufferPointer<UInt8>
    /// Kernels copy keys in wide loads.
    private static let slack = 64

    init(keys: [String], rules: [EmitRule], table: TableName, spelling: RowSpelling, lines: LineFormat) {
        let encoded = keys.map { Self.encodeKey($0) }
        let prefix = lines.tagKey.map { Self.encodeKey($0) + Self.encodeText(table.description) } ?? []
        let nulls = spelling.nulls.prefix(2).map { Array($0.utf8) }
        let length = (encoded + nulls).reduce(prefix.count) { $0 + $1.count }
        unsafe texts = .allocate(capacity: length + Self.slack)
        unsafe columns = .allocate(capacity: max(1, keys.count))
        var unused = unsafe texts[...]
        for (index, key) in encoded.enumerated() {
            unsafe columns.initializeElement(
                at: index,
                to: bk_column(
                    key: Self.put(key, &unused), key_length: UInt32(key.count), rule: rules[index].kernel.rawValue,
                    size: rules[index].size))
        }
        var plan = unsafe bk_plan()
        unsafe plan.columns = unsafe UnsafePointer(columns.baseAddress)
        unsafe plan.column_count = UInt32(keys.count)
        unsafe plan.prefix = unsafe Self.put(prefix, &unused)
        unsafe plan.prefix_length = UInt32(prefix.count)
        unsafe plan.write(lines.values)
        unsafe plan.skip_blank = keys.count > 1 ? 1 : 0
        unsafe plan.read(spelling)
        unsafe plan.numbers_as_written = spelling.literals != nil && lines.values.types == .text ? 1 : 0
        let first = nulls.first ?? [], second = nulls.dropFirst().first ?? []
        unsafe plan.null_text = unsafe (Self.put(first, &unused), Self.put(second, &unused))
        unsafe plan.null_length = (UInt8(clamping: first.count), UInt8(clamping: second.count))
        unsafe plan.null_count = UInt8(nulls.count)
        unsafe kernel = unsafe plan
    }

    deinit {
        unsafe columns.deallocate()
        unsafe texts.deallocate()
    }

    /// Copies a text to the front of what is unused; returns where it lies.
    private static func put(
        _ text: [UInt8], _ unused: inout Slice<UnsafeMutableBufferPointer<UInt8>>
    ) -> UnsafePointer<UInt8>? {
        let place = unsafe UnsafeMutableBufferPointer(rebasing: unused)
        _ = unsafe place.update(from: text)
        unsafe unused = unsafe unused.dropFirst(text.count)
        return unsafe UnsafePointer(place.baseAddress)
    }

    /// `,"name":"`, escaped as JSON wants it.
    private static func encodeKey(_ name: String) -> [UInt8] {
        Array(",\"".utf8) + encodeText(name) + Array(":\"".utf8)
    }

    /// The text as the inside of a JSON string, and the closing quote.
    private static func encodeText(_ text: String) -> [UInt8] {
        JSONText.escape(Array(text.utf8)) + [UInt8(ascii: "\"")]
    }
}

extension bk_plan {
    /// How lines are written.
    fileprivate mutating func write(_ values: ValueOptions) {
        unsafe hex_output = values.binary == .hex ? 1 : 0
        unsafe omit_nulls = values.omitsNulls ? 1 : 0
        unsafe replace_utf8 = values.invalidUTF8 == .replace ? 1 : 0
    }

    /// How values are spelled, but for the texts that mean NULL.
    fileprivate mutating func read(_ spelling: RowSpelling) {
        unsafe escape = spelling.escape ?? 0
        unsafe escapes = UInt8(spelling.escapes.rawValue)
        unsafe escape_null = spelling.escapedNull ? 1 : 0
        unsafe quote = spelling.quote ?? 0
        unsafe undoubled = spelling.doublesQuotes ? 0 : 1
        unsafe multibyte = spelling.multibyte
        let family =
            switch spelling.literals {
            case nil: BK_LITERALS_NONE
            case .mysql: BK_LITERALS_MYSQL
            case .postgresql: BK_LITERALS_POSTGRESQL
            }
        unsafe literals = UInt8(family.rawValue)
    }
}
