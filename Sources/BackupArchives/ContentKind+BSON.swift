/// BSON documents, one after another, as mongodump writes a collection: a length of four bytes, elements, a zero.
extension ContentKind {
    /// MongoDB takes 16 MiB, and writes a little more itself.
    private static var longestDocument: Int { 48 << 20 }

    /// Whether the first bytes of a file are documents of BSON, as far as they go.
    static func isBSON(_ bytes: UnsafeRawBufferPointer) -> Bool {
        // text in UTF-16
        if unsafe bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { return false }
        var start = 0
        while bytes.count - start >= 5 {
            let length = unsafe BSONReader.length(bytes, at: start)
            guard length >= 5, length <= longestDocument else { return false }
            var reader = unsafe BSONReader(bytes, at: start + 4, end: start + length)
            switch reader.readElements() {
            case .isOver: start += length
            case .isCut: return start > 0 || reader.hasElements
            case .isNone: return false
            }
        }
        return start > 0
    }
}

/// Steps over the elements of one document.
@safe private struct BSONReader {
    enum End { case isOver, isCut, isNone }

    private let bytes: UnsafeRawBufferPointer
    private var position: Int
    private(set) var hasElements = false
    /// Where the document ends, after its zero.
    private let end: Int

    init(_ bytes: UnsafeRawBufferPointer, at position: Int, end: Int) {
        unsafe self.bytes = unsafe bytes
        self.position = position
        self.end = end
    }

    static func length(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> Int {
        unsafe Int(Int32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Int32.self)))
    }

    mutating func readElements() -> End {
        while true {
            guard unsafe position < bytes.count else { return .isCut }
            let type = unsafe bytes[position]
            position += 1
            if type == 0 { return position == end ? .isOver : .isNone }
            guard Self.isType(type), let hasName = readName() else { return .isNone }
            guard hasName, let size = size(of: type) else { return .isCut }
            guard size >= 0, size < end - position else { return .isNone }
            position += size
            hasElements = true
        }
    }

    private static func isType(_ type: UInt8) -> Bool { (0x01 ... 0x13).contains(type) || type == 0x7F || type == 0xFF }

    /// true: there was one; false: the bytes end in it; nil: this is none.
    private mutating func readName() -> Bool? {
        while unsafe position < bytes.count {
            let byte = unsafe bytes[position]
            position += 1
            if position >= end { return nil }
            if byte == 0 { return true }
            if byte < 0x20 { return nil }
        }
        return false
    }

    /// Bytes of a value at hand; nil: the bytes end before that is known; less than 0: no value has so many.
    private func size(of type: UInt8) -> Int? {
        switch type {
        case 0x01, 0x09, 0x11, 0x12: 8  // double, date, timestamp, int64
        case 0x02, 0x0D, 0x0E: prefixed(4)  // string, code, symbol
        case 0x03, 0x04, 0x0F: prefixed(0)  // document, array, code with scope
        case 0x05: prefixed(5)  // binary
        case 0x07: 12
        case 0x08: 1
        case 0x0B: twoNames
        case 0x0C: prefixed(16)
        case 0x10: 4
        case 0x13: 16
        default: 0
        }
    }

    private func prefixed(_ more: Int) -> Int? {
        guard unsafe position + 4 <= bytes.count else { return nil }
        let length = unsafe Self.length(bytes, at: position)
        return length < 0 ? -1 : length + more
    }

    /// A regular expression: two strings that end with a zero.
    private var twoNames: Int? {
        var zeros = 0
        for at in unsafe position ..< bytes.count {
            if unsafe bytes[at] == 0 { zeros += 1 }
            if zeros == 2 { return at + 1 - position }
        }
        return nil
    }
}
