import BackupRows

/// A column of a table whose changes are read: what it is called, and how its values lie and are written.
struct ChangedColumn: Sendable {
    let name: String
    /// `"name":`
    let key: [UInt8]
    let form: ValueForm
    /// Digits are written as a string.
    let isQuoted: Bool
    /// The database's own, and none of the table's: not written.
    let isHidden: Bool
    let type: String?
    /// The JSON type, for the manifest.
    let json: String
    /// Nobody says whether it has a sign, or its charset: it is read as signed, as UTF-8.
    let isGuessed: Bool
    /// Key parts of a multi-valued index.
    let isArray: Bool

    /// `declared`: the column of a structure.
    init(
        _ index: Int, _ map: TableMap, declared: Column?, name: String?, isHidden: Bool, values: ValueOptions
    ) throws(ChangeError) {
        let known = name ?? declared?.name ?? "c\(index + 1)"
        self.name = known
        self.isHidden = isHidden || Self.isHidden(known)
        key = JSONText.string(known) + [UInt8(ascii: ":")]
        type = declared?.type
        isArray = map.types[index].isArray
        let choice = try ColumnChoice(map.types[index], map.metadata, index, declared, isMariaDB: map.isMariaDB)
        do { (form, isGuessed) = (try choice.form(), choice.isGuessed) } catch {
            throw error.located(table: map.name, column: known)
        }
        isQuoted = form.isDigits && form.isQuoted(values)
        json = form.json(values)
    }

    /// RDS's implicit key, that of PolarDB-X, and the columns that MySQL makes for the parts of a functional index.
    static func isHidden(_ name: String) -> Bool {
        name == "__#alibaba_rds_row_id#__" || name == "_drds_implicit_id_" || name.hasPrefix("!hidden!")
    }
}

/// How the values of a column lie: by its type in the log, and by what else is known of it.
private struct ColumnChoice {
    private let type: ColumnType
    private let isUnsigned: Bool?
    /// The charset's name; `binary`: bytes. nil: not known.
    private let charset: String?
    private let labels: [[UInt8]]?
    private let declared: DeclaredType?
    /// MariaDB's JSON is a LONGTEXT in utf8mb4_bin with a check that it is JSON, which no log shows.
    private let isJSONText: Bool
    private(set) var isGuessed = false

    init(
        _ type: ColumnType, _ metadata: TableMetadata, _ index: Int, _ column: Column?, isMariaDB: Bool
    ) throws(ChangeError) {
        self.type = type
        declared = column?.type.map { DeclaredType($0) }
        isUnsigned = metadata.isUnsigned?[index] ?? declared?.isUnsigned
        let isLongText = type.code == ColumnType.blob && type.size == 4
        isJSONText =
            column.map { $0.kind == .json && type.code == ColumnType.blob }
            ?? (isMariaDB && isLongText && metadata.collations[index] == Collations.utf8mb4Binary)
        var charset: String?
        if let collation = metadata.collations[index] {
            guard let name = Collations.charset(of: collation) else {
                throw .unsupported("its collation has the number \(collation), which is not known")
            }
            charset = name
        } else if let column {
            switch column.kind {
            case .text(let own), .words(let own): charset = own ?? "utf8mb4"
            case .json: charset = "utf8mb4"
            case .binary: charset = "binary"
            default: break
            }
        }
        self.charset = charset
        labels =
            metadata.labels[index] ?? declared.flatMap { $0.labels.isEmpty ? nil : $0.labels.map { Array($0.utf8) } }
        labelsAreDecoded = metadata.labels[index] == nil
        switch type.code {
        case ColumnType.tiny, ColumnType.short, ColumnType.int24, ColumnType.long, ColumnType.longLong:
            isGuessed = isUnsigned == nil
        case ColumnType.string, ColumnType.varchar, ColumnType.blob, ColumnType.compressedBlob,
            ColumnType.compressedVarchar:
            isGuessed = charset == nil && declared?.address == nil
        case ColumnType.enumeration, ColumnType.set: isGuessed = labels == nil
        default: break
        }
    }

    private let labelsAreDecoded: Bool

    func form() throws(ChangeError) -> ValueForm {
        if type.isArray { return .json(lengthBytes: 4) }
        let isUnsigned = isUnsigned ?? false
        switch type.code {
        case ColumnType.tiny: return .integer(bytes: 1, isUnsigned: isUnsigned)
        case ColumnType.short: return .integer(bytes: 2, isUnsigned: isUnsigned)
        case ColumnType.int24: return .integer(bytes: 3, isUnsigned: isUnsigned)
        case ColumnType.long: return .integer(bytes: 4, isUnsigned: isUnsigned)
        case ColumnType.longLong: return .integer(bytes: 8, isUnsigned: isUnsigned)
        case ColumnType.newDecimal: return .decimal(precision: type.size, scale: type.scale)
        case ColumnType.float: return .float
        case ColumnType.double: return .double
        case ColumnType.year: return .year
        case ColumnType.bit: return .bit(bytes: (type.size + 7) / 8)
        case ColumnType.date, ColumnType.newDate: return .date
        case ColumnType.time: return .oldTime
        case ColumnType.dateTime: return .oldDateTime
        case ColumnType.timestamp: return .oldTimestamp
        case ColumnType.time2: return .time(type.size)
        case ColumnType.dateTime2: return .dateTime(type.size)
        case ColumnType.timestamp2: return .timestamp(type.size)
        case ColumnType.json: return .json(lengthBytes: type.size)
        case ColumnType.geometry, ColumnType.vector: return .bytes(lengthBytes: type.size, padded: 0)
        case ColumnType.enumeration: return .enumeration(bytes: type.size, labels: try encodedLabels())
        case ColumnType.set: return .set(bytes: type.size, labels: try encodedLabels())
        case ColumnType.string:
            if let address = declared?.address { return address }
            return try text(lengthBytes: type.size > 255 ? 2 : 1, padded: type.size)
        case ColumnType.varchar: return try text(lengthBytes: type.size > 255 ? 2 : 1, padded: 0)
        case ColumnType.blob where isJSONText: return .jsonText(lengthBytes: type.size)
        case ColumnType.blob:
            // Without its charset nobody knows whether it is text.
            if charset == nil { return .bytes(lengthBytes: type.size, padded: 0) }
            return try text(lengthBytes: type.size, padded: 0)
        case ColumnType.compressedVarchar, ColumnType.compressedBlob:
            let lengthBytes = type.code == ColumnType.compressedBlob ? type.size : type.size > 255 ? 2 : 1
            let isText = charset.map { $0 != "binary" } ?? false
            return .compressed(lengthBytes: lengthBytes, isText ? try decoder() : nil, isText: isText)
        case ColumnType.null: return .null
        default: throw .unsupported("it is of type \(type.code), which is not known")
        }
    }

    private func text(lengthBytes: Int, padded: Int) throws(ChangeError) -> ValueForm {
        if charset == "binary" { return .bytes(lengthBytes: lengthBytes, padded: padded) }
        return .text(lengthBytes: lengthBytes, try decoder())
    }

    /// nil: it is UTF-8 as it lies.
    private func decoder() throws(ChangeError) -> ColumnCharset? {
        guard let charset else { return nil }
        guard let known = Charset(named: charset, family: .mysql) else {
            throw .unsupported("its charset “\(charset)” is not known")
        }
        return known.isUTF8 ? nil : ColumnCharset(known)
    }

    /// As JSON strings.
    private func encodedLabels() throws(ChangeError) -> [[UInt8]] {
        guard let labels else { return [] }
        var encoded: [[UInt8]] = []
        let known =
            charset == "binary" || labelsAreDecoded ? nil : charset.flatMap { Charset(named: $0, family: .mysql) }
        for label in labels {
            let text = known.flatMap { try? $0.decode(label) } ?? label
            encoded.append(JSONText.string(String(decoding: text, as: UTF8.self)))
        }
        return encoded
    }
}

extension ValueForm {
    /// Whether a value is written as digits, around which quotes may stand.
    fileprivate var isDigits: Bool {
        switch self {
        case .integer, .decimal, .float, .double, .year, .bit: true
        default: false
        }
    }
}
