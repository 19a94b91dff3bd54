/// The entropy tables that later blocks may use again, in the bytes that described them: a dictionary wants them in
/// just these (RFC 8878, 5).
struct ZstdTables: Codable, Sendable {
    /// What a field of sequences is decoded by (3.1.1.3.2.1).
    enum Table: Codable, Sendable {
        /// The frame has not had one.
        case none
        case described([UInt8])
        /// RLE mode: a state of no bits, which no description gives.
        case always(UInt8)
    }

    /// A field's place in the modes, the bounds of its table, and the default distribution (3.1.1.3.2.2) as a
    /// description.
    struct Field: Sendable {
        let shift: UInt8, maximumLog: Int, maximumSymbol: Int
        let predefined: [UInt8]

        static let literalLengths = Field(
            shift: 6, maximumLog: 9, maximumSymbol: 35,
            predefined: [
                0x51, 0x10, 0x63, 0x8C, 0x31, 0xC6, 0x18, 0x63, 0x0C, 0x21, 0xC4, 0x18, 0x63, 0x66, 0x66, 0x86, 0x46,
                0x92, 0x04, 0x00,
            ])
        static let offsets = Field(
            shift: 4, maximumLog: 8, maximumSymbol: 31,
            predefined: [0x20, 0x84, 0x10, 0x42, 0x66, 0x46, 0x44, 0x44, 0x44, 0x44, 0x24, 0x49, 0x02, 0x00])
        static let matchLengths = Field(
            shift: 2, maximumLog: 9, maximumSymbol: 52,
            predefined: [
                0x21, 0x14, 0xC4, 0x18, 0x63, 0x8C, 0x21, 0x84, 0x10, 0x42, 0x08, 0x21, 0x84, 0x10, 0x42, 0x08, 0x21,
                0x44, 0x44, 0x44, 0x44, 0x44,
                0x44, 0x44, 0x44, 0x24, 0x09, 0x00, 0x00,
            ])
    }

    enum Fault: Error {
        /// A table is to be used again, and there is none.
        case repeatsNothing
        case unreadable
    }

    /// Where the sequences of a block lie in it, and how many they are.
    struct Sequences {
        var count: Int
        var start: Int
    }

    /// A tree of two literals, for those who had none. Nothing will be read with it: what repeats it is a fault.
    private static let anyTree: [UInt8] = [0x80, 0x10]

    private var tree: [UInt8]?
    private(set) var literalLengths = Table.none
    private(set) var offsets = Table.none
    private(set) var matchLengths = Table.none

    /// Takes in what the head of a compressed block says (3.1.1.3).
    mutating func take(_ block: Span<UInt8>) throws(Fault) -> Sequences {
        var at = try takeLiterals(block)
        func byte(_ index: Int) throws(Fault) -> Int {
            guard index < block.count else { throw .unreadable }
            return Int(block[index])
        }
        let first = try byte(at)
        var count = first
        switch first {
        case 0 ..< 128: at += 1
        case 128 ..< 255:
            count = (first - 128) << 8 + (try byte(at + 1))
            at += 2
        default:
            count = try byte(at + 1) + (try byte(at + 2)) << 8 + 0x7F00
            at += 3
        }
        guard count > 0 else { return Sequences(count: 0, start: at) }
        let modes = UInt8(try byte(at))
        at += 1
        try Self.take(.literalLengths, &literalLengths, modes, block, &at)
        try Self.take(.offsets, &offsets, modes, block, &at)
        try Self.take(.matchLengths, &matchLengths, modes, block, &at)
        return Sequences(count: count, start: at)
    }

    /// - Returns: where the literals end.
    private mutating func takeLiterals(_ block: Span<UInt8>) throws(Fault) -> Int {
        guard block.count >= 2 else { throw .unreadable }
        let format = block[0] >> 2 & 3
        func field(_ length: Int) throws(Fault) -> Int {
            guard length <= block.count else { throw .unreadable }
            return (0 ..< length).reduce(0) { $0 | Int(block[$1]) << (8 * $1) }
        }
        switch block[0] & 3 {
        case let type where type < 2:
            let (length, shift) = [(1, 3), (2, 4), (1, 3), (3, 4)][Int(format)]
            let size = try field(length) >> shift
            return length + (type == 0 ? size : 1)
        case let type:
            let (length, bits) = [(3, 10), (3, 10), (4, 14), (5, 18)][Int(format)]
            let size = try field(length) >> (4 + bits)
            guard type == 2 else {
                if tree == nil { throw .repeatsNothing }
                return length + size
            }
            guard length < block.count else { throw .unreadable }
            // 4.2.1: so many bytes of compressed weights, or weights of half a byte.
            let head = Int(block[length]), treeEnd = length + 1 + (head < 128 ? head : (head - 126) / 2)
            guard treeEnd <= block.count else { throw .unreadable }
            tree = (length ..< treeEnd).map { block[$0] }
            return length + size
        }
    }

    private static func take(
        _ field: Field, _ table: inout Table, _ modes: UInt8, _ block: Span<UInt8>, _ at: inout Int
    ) throws(Fault) {
        switch modes >> field.shift & 3 {
        case 0: table = .described(field.predefined)
        case 1:
            guard at < block.count else { throw .unreadable }
            table = .always(block[at])
            at += 1
        case 2:
            guard at < block.count,
                let read = FSEDescription(
                    block.extracting(at...), maximumLog: field.maximumLog, maximumSymbol: field.maximumSymbol)
            else { throw .unreadable }
            table = .described((at ..< at + read.length).map { block[$0] })
            at += read.length
        default:
            if case .none = table { throw .repeatsNothing }
        }
    }

    /// Whether a dictionary can hold them.
    var fitDictionary: Bool {
        [literalLengths, offsets, matchLengths].allSatisfy { if case .always = $0 { false } else { true } }
    }

    /// As they lie in a dictionary.
    var dictionaryBytes: [UInt8] {
        func bytes(_ table: Table, _ field: Field) -> [UInt8] {
            if case .described(let bytes) = table { bytes } else { field.predefined }
        }
        return (tree ?? Self.anyTree) + bytes(offsets, .offsets) + bytes(matchLengths, .matchLengths)
            + bytes(literalLengths, .literalLengths)
    }
}

extension FSETable {
    /// nil: there is none.
    init?(_ table: ZstdTables.Table, _ field: ZstdTables.Field) {
        switch table {
        case .none: return nil
        case .always(let symbol):
            guard symbol <= field.maximumSymbol else { return nil }
            self.init(always: symbol)
        case .described(let bytes):
            guard
                let description = FSEDescription(
                    bytes.span, maximumLog: field.maximumLog, maximumSymbol: field.maximumSymbol)
            else { return nil }
            self.init(description)
        }
    }
}
