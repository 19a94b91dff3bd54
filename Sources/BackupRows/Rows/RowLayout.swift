import BackupBytes
import CBackupKernels

/// How rows of one table are to be read and written: its columns in the order of the fields, the dialect's meaning of
/// escapes and NULL, and the ready-made keys. Made once per table and column list; immutable; shared by all its
/// batches.
@safe package final class RowLayout: @unchecked Sendable {
    package let table: TableName
    /// One per field of a row.
    package let columns: [Column]
    /// The keys they are written under: names, made unique.
    package let keys: [String]
    package let options: ValueOptions
    let rules: [EmitRule]
    /// The JSON type of each column, for the manifest.
    package var jsonTypes: [String] { rules.map(\.json) }
    package let warnings: [String]

    private let keyBytes: UnsafeMutableBufferPointer<UInt8>
    private let kernelColumns: UnsafeMutableBufferPointer<bk_column>
    private let prefixBytes: UnsafeMutableBufferPointer<UInt8>
    private let nullBytes: UnsafeMutableBufferPointer<UInt8>
    let plan: bk_plan
    /// Throws where values are in a charset that is not known.
    package func checkCharsets() throws(UnknownCharset) {
        for (column, rule) in zip(columns, rules) {
            if let name = rule.unknownCharset { throw UnknownCharset(name, family: .mysql, column: column.name) }
        }
    }

    /// The export writes fields in another order than the table's: for each column the place of its field in the row.
    package let fieldOrder: [Int]?
    /// Why the table's CREATE TABLE cannot be read: nobody knows what the rows hold.
    package let unreadable: String?
    /// Delimited text in which every column is in its own charset.
    let hasColumnCharsets: Bool
    /// Values in a charset of their column that could be UTF-8 as well are errors.
    let refusesUTF8: Bool
    /// Columns with work to do in Swift before the kernel runs.
    let prepared: [(index: Int, preparation: EmitRule.Preparation)]

    /// Whether the text of a column is decoded from a charset, before the kernel runs.
    package func isDecoded(_ index: Int) -> Bool {
        switch rules[index].preparation {
        case .decode, .embedJSON(.some): true
        default: false
        }
    }

    package enum Source: Sendable {
        case csv(CSVDialect)
        case sql(SQLDialect)
    }

    /// `binaryForm`: how bytes are spelled, where `forms` does not say it for each column. `tagKey`: a key under which
    /// every line first names its table.
    package init(
        table: TableName, columns: [Column], source: Source, binaryForm: BinaryForm = .raw, forms: [BinaryForm]? = nil,
        options: ValueOptions = ValueOptions(), tagKey: String? = nil, fieldOrder: [Int]? = nil,
        unreadable: String? = nil,
        warnings: [String] = []
    ) {
        self.fieldOrder = fieldOrder
        self.unreadable = options.types == .text ? nil : unreadable
        self.table = table
        self.columns = columns
        self.options = options
        let unique = Self.uniqueKeys(columns.map(\.name), reserved: tagKey)
        (keys, self.warnings) = (unique.keys, unique.warnings + warnings)
        var charset: String?, isSQL = false, family = SQLDialect.Family.mysql
        if case .sql(let dialect) = source { (charset, family, isSQL) = (dialect.charset, dialect.family, true) }
        var hasColumnCharsets = false, refusesUTF8 = false, bitsAreBytes = false
        if case .csv(let dialect) = source {
            if case .one(let name) = dialect.charsets { charset = name } else { charset = "binary" }
            hasColumnCharsets = charset != nil
            refusesUTF8 = dialect.charsets == .ownUnlessUTF8
            bitsAreBytes = dialect.bitsAreBytes
        }
        self.hasColumnCharsets = hasColumnCharsets
        self.refusesUTF8 = refusesUTF8
        let rules = columns.enumerated().map { index, column in
            var rule = EmitRule(
                for: column.kind, options: options, binaryForm: forms?[index] ?? binaryForm,
                isSQL: isSQL, fileCharset: charset, family: family)
            if bitsAreBytes, let bits = column.bitCount { rule.preparation = .bits(bits) }
            return rule
        }
        self.rules = rules
        prepared = rules.enumerated().compactMap { $1.preparation == .none ? nil : ($0, $1.preparation) }

        let encoded = keys.map { Self.encodeKey($0) }
        unsafe keyBytes = .allocate(capacity: max(1, encoded.reduce(0) { $0 + $1.count } + 64))
        unsafe kernelColumns = .allocate(capacity: max(1, columns.count))
        var at = 0
        for (index, key) in encoded.enumerated() {
            _ = unsafe UnsafeMutableBufferPointer(rebasing: keyBytes[at...]).update(from: key)
            unsafe kernelColumns.initializeElement(
                at: index,
                to: bk_column(
                    key: UnsafePointer(keyBytes.baseAddress! + at), key_length: UInt32(key.count),
                    rule: rules[index].kernel.rawValue))
            at += key.count
        }
        var plan = unsafe bk_plan()
        unsafe plan.columns = unsafe UnsafePointer(kernelColumns.baseAddress)
        unsafe plan.column_count = UInt32(columns.count)
        let prefix = tagKey.map { Self.encodeKey($0) + Self.encodeText(table.description) } ?? []
        unsafe prefixBytes = .allocate(capacity: max(1, prefix.count))
        _ = unsafe prefixBytes.update(from: prefix)
        unsafe plan.prefix = unsafe UnsafePointer(prefixBytes.baseAddress)
        unsafe plan.prefix_length = UInt32(prefix.count)
        unsafe plan.hex_output = options.binary == .hex ? 1 : 0
        unsafe plan.omit_nulls = options.omitsNulls ? 1 : 0
        unsafe plan.replace_utf8 = options.invalidUTF8 == .replace ? 1 : 0
        unsafe plan.skip_blank = columns.count > 1 ? 1 : 0
        var nulls: [[UInt8]] = []
        switch source {
        case .csv(let dialect):
            unsafe plan.escape = dialect.escape ?? 0
            unsafe plan.escapes = UInt8(dialect.escapes.rawValue)
            unsafe plan.escape_null = dialect.escapedNull ? 1 : 0
            unsafe plan.quote = dialect.quote ?? 0
            unsafe plan.undoubled = dialect.doublesQuotes ? 0 : 1
            nulls = dialect.nulls.map { Array($0.utf8) }
        case .sql(let dialect):
            unsafe plan.escape = UInt8(ascii: "\\")
            unsafe plan.escapes = UInt8(
                (!dialect.backslashEscapes
                    ? BK_ESCAPES_NONE : dialect.family == .mysql ? BK_ESCAPES_MYSQL_SQL : BK_ESCAPES_COPY).rawValue)
            unsafe plan.multibyte = dialect.multibyte
            unsafe plan.literals = UInt8(
                (dialect.family == .mysql ? BK_LITERALS_MYSQL : BK_LITERALS_POSTGRESQL).rawValue)
            unsafe plan.numbers_as_written = options.types == .text ? 1 : 0
        }
        let nullBytes = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: nulls.reduce(1) { $0 + $1.count })
        unsafe self.nullBytes = unsafe nullBytes
        at = 0
        unsafe withUnsafeMutablePointer(to: &plan.null_text) { texts in
            unsafe texts.withMemoryRebound(to: UnsafePointer<UInt8>?.self, capacity: 2) { texts in
                for (index, null) in nulls.prefix(2).enumerated() {
                    _ = unsafe UnsafeMutableBufferPointer(rebasing: nullBytes[at...]).update(from: null)
                    unsafe texts[index] = unsafe UnsafePointer(nullBytes.baseAddress! + at)
                    at += null.count
                }
            }
        }
        unsafe plan.null_length = (
            UInt8(clamping: nulls.first?.count ?? 0), UInt8(clamping: nulls.dropFirst().first?.count ?? 0)
        )
        unsafe plan.null_count = UInt8(min(2, nulls.count))
        unsafe self.plan = unsafe plan
    }

    deinit {
        unsafe keyBytes.deallocate()
        unsafe kernelColumns.deallocate()
        unsafe prefixBytes.deallocate()
        unsafe nullBytes.deallocate()
    }

    /// `,"name":"`, escaped as JSON wants it.
    private static func encodeKey(_ name: String) -> [UInt8] {
        Array(",\"".utf8) + encodeText(name) + Array(":\"".utf8)
    }

    /// The text as the inside of a JSON string, and the closing quote.
    private static func encodeText(_ text: String) -> [UInt8] {
        let text = Array(text.utf8)
        var escaped = [UInt8](repeating: 0, count: text.count * 6 + 1)
        let length = unsafe bk_escape_json(text, text.count, &escaped)
        return escaped[..<length] + [UInt8(ascii: "\"")]
    }

    /// So many columns of one name are told one by one.
    private static let namedTwins = 20

    /// `x`, `x` → `x`, `x_2`, none clashing with a name that is there already.
    /// `reserved` is a key of every line already.
    static func uniqueKeys(_ names: [String], reserved: String? = nil) -> (keys: [String], warnings: [String]) {
        var taken = Set(names.map(ExactText.init)), seen = Set([reserved].compactMap { $0.map(ExactText.init) }),
            keys: [String] = [], warnings: [String] = []
        var next: [ExactText: Int] = [:], twins = 0
        for name in names {
            guard !seen.insert(ExactText(name)).inserted else {
                keys.append(name)
                continue
            }
            var number = next[ExactText(name)] ?? 2
            while !taken.insert(ExactText("\(name)_\(number)")).inserted { number += 1 }
            next[ExactText(name)] = number + 1
            keys.append("\(name)_\(number)")
            twins += 1
            if twins <= namedTwins {
                warnings.append("two columns are named “\(name)”; one is written as “\(name)_\(number)”")
            }
        }
        if twins > namedTwins {
            warnings.append(
                "\(twins - namedTwins) more columns have the name of another, and are written under others likewise")
        }
        return (keys, warnings)
    }
}
