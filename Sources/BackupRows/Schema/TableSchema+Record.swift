import BackupBytes

extension TableName: Recordable {
    package init(from record: inout RecordReader) throws {
        self.init(database: try record.optionalText(), schema: try record.optionalText(), table: try record.text())
    }

    package func write(to record: inout RecordWriter) {
        record.put(database)
        record.put(schema)
        record.put(table)
    }

    /// Another text for every name, whatever is in it.
    package var key: String { Self.key(database, schema, table) }

    /// The same text for names that differ only in their case.
    var keyOfAnyCase: String { "~" + Self.key(database?.lowercased(), schema?.lowercased(), table.lowercased()) }

    private static func key(_ parts: String?...) -> String {
        parts.map { $0.map { "\($0.utf8.count):\($0)" } ?? "-" }.joined()
    }
}

extension TableSchema: Recordable {
    package init(from record: inout RecordReader) throws {
        self.init(
            name: try TableName(from: &record), columns: try record.list(of: Column.self),
            unreadable: try record.optionalText())
        (clientCharset, isMariaDB) = (try record.optionalText(), try record.flag())
    }

    package func write(to record: inout RecordWriter) {
        name.write(to: &record)
        record.put(columns)
        record.put(unreadable)
        record.put(clientCharset)
        record.put(isMariaDB)
    }
}

extension Column: Recordable {
    package init(from record: inout RecordReader) throws {
        self.init(
            name: try record.text(), type: try record.optionalText(), kind: try ColumnKind(from: &record),
            isGenerated: try record.flag(),
            isInvisible: try record.flag(), awaitedType: try record.flag() ? try PostgresTypeName(from: &record) : nil)
        (isNotNull, charCount) = (try record.flag(), try record.flag() ? try record.count() : nil)
    }

    package func write(to record: inout RecordWriter) {
        record.put(name)
        record.put(type)
        kind.write(to: &record)
        record.put(isGenerated)
        record.put(isInvisible)
        record.put(awaitedType != nil)
        awaitedType?.write(to: &record)
        record.put(isNotNull)
        record.put(charCount != nil)
        if let charCount { record.put(charCount) }
    }
}

extension PostgresTypeName: Recordable {
    package init(from record: inout RecordReader) throws {
        self.init(schema: try record.optionalText(), name: try record.text(), dimensions: try record.number())
    }

    package func write(to record: inout RecordWriter) {
        record.put(schema)
        record.put(name)
        record.put(dimensions)
    }
}

extension ColumnKind: Recordable {
    private enum Code: Int {
        case unknown, text, words, ownForm, integer, decimal, float, boolean, bit, binary, bytea, json, array
    }

    package init(from record: inout RecordReader) throws { try self.init(from: &record, depth: 0) }

    /// `depth`: arrays around it.
    private init(from record: inout RecordReader, depth: Int) throws {
        guard depth < 8 else { throw RecordDamaged() }
        switch Code(rawValue: try record.number()) {
        case .unknown: self = .unknown
        case .text: self = .text(charset: try record.optionalText())
        case .words: self = .words(charset: try record.optionalText())
        case .ownForm: self = .ownForm
        case .integer: self = .integer(isBig: try record.flag())
        case .decimal: self = .decimal
        case .float: self = .float
        case .boolean: self = .boolean
        case .bit: self = .bit(isBig: try record.flag())
        case .binary: self = .binary
        case .bytea: self = .bytea
        case .json: self = .json
        case .array:
            let element = try ColumnKind(from: &record, depth: depth + 1)
            self = .array(element)
        case nil: throw RecordDamaged()
        }
    }

    package func write(to record: inout RecordWriter) {
        func put(_ code: Code) { record.put(code.rawValue) }
        switch self {
        case .unknown: put(.unknown)
        case .text(let charset):
            put(.text)
            record.put(charset)
        case .words(let charset):
            put(.words)
            record.put(charset)
        case .ownForm: put(.ownForm)
        case .integer(let isBig):
            put(.integer)
            record.put(isBig)
        case .decimal: put(.decimal)
        case .float: put(.float)
        case .boolean: put(.boolean)
        case .bit(let isBig):
            put(.bit)
            record.put(isBig)
        case .binary: put(.binary)
        case .bytea: put(.bytea)
        case .json: put(.json)
        case .array(let element):
            put(.array)
            element.write(to: &record)
        }
    }
}
