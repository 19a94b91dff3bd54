/// Reads Thrift's compact protocol: the metadata of Parquet (thrift/doc/specs/thrift-compact-protocol.md).
///
///     15 04 19 2C … 00     field 1 int32 2 · field 2 list of 2 structures … · the end of the structure
///
/// No length is believed before as many bytes are there, and nothing is nested deeper than a limit.
@safe struct ThriftReader {
    private let bytes: UnsafeRawBufferPointer
    /// The next byte.
    private(set) var at = 0
    private var depth = 0

    /// Structures, lists and maps inside each other.
    private static let depthLimit = 48

    /// The bytes must live as long as it is used.
    init(_ bytes: UnsafeRawBufferPointer) { unsafe self.bytes = unsafe bytes }

    /// Reads a structure. `field` reads the value of a field, or returns false: it is passed over.
    mutating func structure(
        _ field: (inout ThriftReader, _ id: Int, _ type: ThriftType) throws(ThriftFault) -> Bool
    ) throws(ThriftFault) {
        try descend()
        var id = 0
        while true {
            let header = try byte()
            if header == 0 { break }
            let type = try type(header & 15), delta = Int(header >> 4)
            id = delta > 0 ? id + delta : Int(Int16(truncatingIfNeeded: try zigzag()))
            if try !field(&self, id, type) { try skip(type) }
        }
        depth -= 1
    }

    /// Reads a list of structures.
    mutating func structures<Element>(
        _ type: ThriftType, _ element: (inout ThriftReader) throws(ThriftFault) -> Element
    ) throws(ThriftFault) -> [Element] {
        try descend()
        let (count, of) = try listHeader(type)
        guard count == 0 || of == .structure else { throw .invalid("a list of something else than structures") }
        var elements: [Element] = []
        elements.reserveCapacity(min(count, 4096))
        for _ in 0 ..< count { elements.append(try element(&self)) }
        depth -= 1
        return elements
    }

    mutating func int(_ type: ThriftType) throws(ThriftFault) -> Int {
        switch type {
        case .byte: return Int(Int8(bitPattern: try byte()))
        case .int16, .int32, .int64: return try zigzag()
        default: throw .invalid("something else than a number")
        }
    }

    func bool(_ type: ThriftType) throws(ThriftFault) -> Bool {
        switch type {
        case .yes: return true
        case .no: return false
        default: throw .invalid("something else than a boolean")
        }
    }

    /// Text; bytes that are none come as U+FFFD.
    mutating func text(_ type: ThriftType) throws(ThriftFault) -> String {
        guard type == .binary else { throw .invalid("something else than text") }
        let count = try length()
        defer { at += count }
        return unsafe String(decoding: bytes[at ..< at + count], as: UTF8.self)
    }

    /// Passes over a value.
    mutating func skip(_ type: ThriftType) throws(ThriftFault) {
        switch type {
        case .stop: throw .invalid("an end where a value belongs")
        case .yes, .no: break
        case .byte: try pass(1)
        case .int16, .int32, .int64: _ = try varint()
        case .double: try pass(8)
        case .uuid: try pass(16)
        case .binary: at += try length()
        case .structure: try structure { _, _, _ throws(ThriftFault) in false }
        case .list, .set:
            try descend()
            let (count, of) = try listHeader(type)
            for _ in 0 ..< count { try skipElement(of) }
            depth -= 1
        case .map:
            try descend()
            let count = try self.count()
            if count > 0 {
                let types = try byte(), key = try self.type(types >> 4), value = try self.type(types & 15)
                for _ in 0 ..< count {
                    try skipElement(key)
                    try skipElement(value)
                }
            }
            depth -= 1
        }
    }

    // MARK: Pieces

    /// Booleans in lists are a byte each.
    private mutating func skipElement(_ type: ThriftType) throws(ThriftFault) {
        if type == .yes || type == .no { try pass(1) } else { try skip(type) }
    }

    private mutating func listHeader(_ type: ThriftType) throws(ThriftFault) -> (count: Int, of: ThriftType) {
        guard type == .list || type == .set else { throw .invalid("something else than a list") }
        let header = try byte(), short = Int(header >> 4)
        let count = short == 15 ? try count() : short
        if short < 15 { try check(count) }
        return (count, count == 0 ? .structure : try self.type(header & 15))
    }

    /// A number of elements, each of which takes a byte at least.
    private mutating func count() throws(ThriftFault) -> Int {
        let count = try varint()
        guard count <= 1 << 31 else { throw .invalid("a count that cannot be") }
        try check(Int(count))
        return Int(count)
    }

    private func check(_ count: Int) throws(ThriftFault) {
        if unsafe count > bytes.count - at { throw .cut }
    }

    private mutating func length() throws(ThriftFault) -> Int { try count() }

    private mutating func pass(_ count: Int) throws(ThriftFault) {
        try check(count)
        at += count
    }

    private mutating func descend() throws(ThriftFault) {
        depth += 1
        if depth > Self.depthLimit { throw .invalid("nested deeper than \(Self.depthLimit)") }
    }

    private func type(_ code: UInt8) throws(ThriftFault) -> ThriftType {
        guard let type = ThriftType(rawValue: code), type != .stop else { throw .invalid("a type that is not known") }
        return type
    }

    private mutating func byte() throws(ThriftFault) -> UInt8 {
        guard unsafe at < bytes.count else { throw .cut }
        defer { at += 1 }
        return unsafe bytes[at]
    }

    private mutating func varint() throws(ThriftFault) -> UInt64 {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 70, by: 7) {
            let byte = try byte()
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
        }
        throw .invalid("a number of more than 64 bits")
    }

    private mutating func zigzag() throws(ThriftFault) -> Int {
        let value = try varint()
        return Int(truncatingIfNeeded: Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1))
    }
}
