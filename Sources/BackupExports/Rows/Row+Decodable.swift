import BackupRows
import Foundation

extension Row {
    /// Your own type, made of the row: coding keys are the row's keys.
    ///
    ///     struct Order: Decodable { var id: Int; var total: Decimal; var note: String?; var tags: [String] }
    ///     for try await row in table.rows { let order = try row.decode(Order.self) }
    ///
    /// Numbers are exact or an error (`RowValue.int`, `.decimal` …), a `String` takes any value's text, `Date` is as
    /// `RowValue.date` has it, `Data` and `[UInt8]` are bytes, any other type is decoded from a JSON column by
    /// `JSONDecoder`. What may be NULL, or left out by the export, has to be optional.
    ///
    /// - Throws: `ExportError` where a value does not fit, or is missing.
    public func decode<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value {
        do { return try Value(from: RowReading(row: self)) } catch let error as DecodingError {
            throw failure(error)
        }
    }

    /// The public form of what the standard library or a type's own code throws.
    private func failure(_ error: DecodingError) -> ExportError {
        let (context, key): (DecodingError.Context, (any CodingKey)?) =
            switch error {
            case .keyNotFound(let key, let context): (context, key)
            case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
                (context, nil)
            @unknown default: (.init(codingPath: [], debugDescription: "\(error)"), nil)
            }
        return failure((key ?? context.codingPath.first)?.stringValue, context.debugDescription)
    }

    fileprivate func failure(_ column: String?, _ why: String) -> ExportError {
        ExportError(
            .badValue, entry: decoded.batch.origin, table: table, row: number, column: column,
            offset: decoded.offset(ofRow: index), why: why)
    }
}

/// A row as a decoder sees it.
private struct RowReading: Decoder {
    let row: Row
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(RowMembers(row: row))
    }
    func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw row.failure(nil, Self.hasKeys) }
    func singleValueContainer() throws -> any SingleValueDecodingContainer { throw row.failure(nil, Self.hasKeys) }

    private static let hasKeys = "a row has keys: it cannot be decoded as an array or a single value"
}

private struct RowMembers<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let row: Row
    var codingPath: [any CodingKey] { [] }
    var allKeys: [Key] { row.keys.compactMap { Key(stringValue: $0) } }

    func contains(_ key: Key) -> Bool { row[key.stringValue] != nil }
    func decodeNil(forKey key: Key) throws -> Bool { row[key.stringValue]?.isNull ?? true }

    private func value(_ key: Key) throws -> RowValue {
        guard let value = row[key.stringValue] else {
            throw row.failure(key.stringValue, "the row has no value of this name")
        }
        return value
    }

    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try value(key).present("a Bool") { try $0.bool } }
    func decode(_ type: String.Type, forKey key: Key) throws -> String {
        try value(key).present("a String") { $0.string }
    }
    func decode(_ type: Double.Type, forKey key: Key) throws -> Double {
        try value(key).present("a Double") { try $0.double }
    }
    func decode(_ type: Float.Type, forKey key: Key) throws -> Float {
        try Float(value(key).present("a Float") { try $0.double })
    }
    func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try integer(key) }
    func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { try integer(key) }
    func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { try integer(key) }
    func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try integer(key) }
    func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try integer(key) }
    func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { try integer(key) }
    func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { try integer(key) }
    func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 { try integer(key) }
    func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { try integer(key) }
    func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { try integer(key) }
    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        try value(key).decode(type)
    }

    private func integer<Integer: FixedWidthInteger>(_ key: Key) throws -> Integer {
        try value(key).present("\(Integer.self)") { try $0.integer() }
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) throws
        -> KeyedDecodingContainer<Nested>
    {
        throw row.failure(key.stringValue, Self.isWhole)
    }
    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        throw row.failure(key.stringValue, Self.isWhole)
    }
    func superDecoder() throws -> any Decoder { RowReading(row: row) }
    func superDecoder(forKey key: Key) throws -> any Decoder { ValueReading(value: try value(key)) }

    private static var isWhole: String { "a value is decoded whole, by its own type" }
}

extension RowValue {
    /// What is neither NULL nor missing.
    fileprivate func present<Value>(_ wanted: String, _ read: (RowValue) throws -> Value?) throws -> Value {
        guard let value = try read(self) else { throw failure(wanted) }
        return value
    }

    fileprivate func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        let own: Any? =
            switch type {
            case is Date.Type: try present("a date") { try $0.date }
            case is Decimal.Type: try present("a Decimal") { try $0.decimal }
            case is Data.Type: try present("bytes") { $0.bytes.map { Data($0) } }
            case is [UInt8].Type where kind != .json: try present("bytes") { $0.bytes }
            default: nil
            }
        if let value = own as? Value { return value }
        do {
            guard kind == .json, let bytes else { return try Value(from: ValueReading(value: self)) }
            return try JSONDecoder().decode(type, from: Data(bytes))
        } catch is DecodingError { throw failure("a \(type)") }
    }
}

/// A value as a decoder sees it: enumerations by their raw values, UUIDs, types that wrap a number.
private struct ValueReading: Decoder, SingleValueDecodingContainer {
    let value: RowValue
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        throw value.failure("JSON")
    }
    func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw value.failure("JSON") }
    func singleValueContainer() -> any SingleValueDecodingContainer { self }

    func decodeNil() -> Bool { !value.hasValue }
    func decode(_ type: Bool.Type) throws -> Bool { try value.present("a Bool") { try $0.bool } }
    func decode(_ type: String.Type) throws -> String { try value.present("a String") { $0.string } }
    func decode(_ type: Double.Type) throws -> Double { try value.present("a Double") { try $0.double } }
    func decode(_ type: Float.Type) throws -> Float { try Float(value.present("a Float") { try $0.double }) }
    func decode(_ type: Int.Type) throws -> Int { try integer() }
    func decode(_ type: Int8.Type) throws -> Int8 { try integer() }
    func decode(_ type: Int16.Type) throws -> Int16 { try integer() }
    func decode(_ type: Int32.Type) throws -> Int32 { try integer() }
    func decode(_ type: Int64.Type) throws -> Int64 { try integer() }
    func decode(_ type: UInt.Type) throws -> UInt { try integer() }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try integer() }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try integer() }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try integer() }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try integer() }
    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        try value.decode(type)
    }

    private func integer<Integer: FixedWidthInteger>() throws -> Integer {
        try value.present("\(Integer.self)") { try $0.integer() }
    }
}
