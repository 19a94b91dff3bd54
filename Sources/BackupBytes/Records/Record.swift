/// A value that can be written as bytes and read again.
package protocol Recordable {
    init(from record: inout RecordReader) throws
    func write(to record: inout RecordWriter)
}

/// Bytes that are no record of what was asked for.
package struct RecordDamaged: Error {
    package init() {}
}

/// Writes a record: numbers as eight bytes, texts and lists with their length in front.
package struct RecordWriter {
    package private(set) var bytes: [UInt8] = []

    package init() {}

    package mutating func put(_ number: Int) { put(bits: UInt64(bitPattern: Int64(number))) }
    package mutating func put(bits: UInt64) {
        unsafe withUnsafeBytes(of: bits.littleEndian) { unsafe bytes.append(contentsOf: $0) }
    }
    package mutating func put(_ flag: Bool) { bytes.append(flag ? 1 : 0) }

    package mutating func put(_ text: String) {
        put(text.utf8.count)
        bytes.append(contentsOf: text.utf8)
    }

    package mutating func put(_ text: String?) {
        put(text != nil)
        if let text { put(text) }
    }

    package mutating func put<Item>(_ items: [Item], _ each: (inout RecordWriter, Item) -> Void) {
        put(items.count)
        for item in items { each(&self, item) }
    }

    package mutating func put(_ items: [some Recordable]) { put(items) { $1.write(to: &$0) } }
    package mutating func put(_ texts: [String]) { put(texts) { $0.put($1) } }
}

/// Reads what a `RecordWriter` has written.
package struct RecordReader {
    private let bytes: [UInt8]
    private var position = 0

    package init(_ bytes: [UInt8]) { self.bytes = bytes }

    private mutating func take(_ count: Int) throws -> ArraySlice<UInt8> {
        guard count >= 0, count <= bytes.count - position else { throw RecordDamaged() }
        position += count
        return bytes[position - count ..< position]
    }

    /// So far from the ends that no sum of a few of them overflows.
    package static let bound = 1 << 56

    package mutating func number() throws -> Int {
        let number = Int(truncatingIfNeeded: try bits())
        guard (-Self.bound ... Self.bound).contains(number) else { throw RecordDamaged() }
        return number
    }

    /// A number of something.
    package mutating func count() throws -> Int {
        let count = try number()
        guard count >= 0 else { throw RecordDamaged() }
        return count
    }

    package mutating func bits() throws -> UInt64 { try take(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) } }

    package mutating func flag() throws -> Bool { try take(1).first == 1 }
    package mutating func text() throws -> String { String(decoding: try take(number()), as: UTF8.self) }
    package mutating func optionalText() throws -> String? { try flag() ? text() : nil }

    package mutating func list<Item>(_ each: (inout RecordReader) throws -> Item) throws -> [Item] {
        let count = try number()
        guard count >= 0, count <= bytes.count else { throw RecordDamaged() }
        return try (0 ..< count).map { _ in try each(&self) }
    }

    package mutating func list<Item: Recordable>(of type: Item.Type) throws -> [Item] {
        try list { try Item(from: &$0) }
    }
    package mutating func texts() throws -> [String] { try list { try $0.text() } }
}

extension Int: Recordable {
    package init(from record: inout RecordReader) throws { self = try record.number() }
    package func write(to record: inout RecordWriter) { record.put(self) }
}
