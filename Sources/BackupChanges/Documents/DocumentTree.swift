/// A JSON document that differences are applied to.
indirect enum DocumentTree {
    /// As JSON text.
    case scalar([UInt8])
    case array([DocumentTree])
    case object([Member])

    struct Member {
        var key: [UInt8]
        var value: DocumentTree
    }

    /// The kinds of a difference, by their numbers in the log.
    enum Operation: UInt8 { case replace, insert, remove }

    /// Applies a difference at a path; false where the document has no such place.
    mutating func apply(_ operation: Operation, _ path: ArraySlice<DocumentPath.Leg>, _ value: DocumentTree?) -> Bool {
        guard let leg = path.first else {
            guard operation == .replace, let value else { return false }
            self = value
            return true
        }
        let rest = path.dropFirst()
        switch leg {
        case .member(let key):
            guard case .object(var members) = self else { return false }
            self = .scalar([])  // so that the members are changed where they are
            defer { self = .object(members) }
            return Self.apply(operation, to: &members, key, rest, value)
        case .cell(let index):
            guard case .array(var cells) = self else { return false }
            self = .scalar([])
            defer { self = .array(cells) }
            return Self.apply(operation, to: &cells, index, rest, value)
        }
    }

    /// `path`: after the member.
    private static func apply(
        _ operation: Operation, to members: inout [Member], _ key: [UInt8], _ path: ArraySlice<DocumentPath.Leg>,
        _ value: DocumentTree?
    ) -> Bool {
        let found = members.firstIndex { $0.key == key }
        if path.isEmpty && operation == .insert {
            guard found == nil, let value else { return false }
            // Keys of an object are in the order of their lengths, then of their bytes.
            let place = members.firstIndex { precedes(key, $0.key) } ?? members.count
            members.insert(Member(key: key, value: value), at: place)
            return true
        }
        guard let found else { return false }
        if path.isEmpty && operation == .remove {
            members.remove(at: found)
            return true
        }
        return members[found].value.apply(operation, path, value)
    }

    /// `path`: after the cell.
    private static func apply(
        _ operation: Operation, to cells: inout [DocumentTree], _ index: Int, _ path: ArraySlice<DocumentPath.Leg>,
        _ value: DocumentTree?
    ) -> Bool {
        if path.isEmpty && operation == .insert {
            guard let value else { return false }
            cells.insert(value, at: min(index, cells.count))
            return true
        }
        guard cells.indices.contains(index) else { return false }
        if path.isEmpty && operation == .remove {
            cells.remove(at: index)
            return true
        }
        return cells[index].apply(operation, path, value)
    }

    private static func precedes(_ a: [UInt8], _ b: [UInt8]) -> Bool {
        a.count != b.count ? a.count < b.count : a.lexicographicallyPrecedes(b)
    }
}
