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
        let isLast = path.count == 1
        switch (leg, self) {
        case (.member(let key), .object(var members)):
            let found = members.firstIndex { $0.key == key }
            if isLast && operation == .insert {
                guard found == nil, let value else { return false }
                // Keys of an object are in the order of their lengths, then of their bytes.
                let place = members.firstIndex { Self.precedes(key, $0.key) } ?? members.count
                members.insert(Member(key: key, value: value), at: place)
            } else if let found {
                if isLast && operation == .remove {
                    members.remove(at: found)
                } else if !members[found].value.apply(operation, path.dropFirst(), value) {
                    return false
                }
            } else {
                return false
            }
            self = .object(members)
        case (.cell(let index), .array(var cells)):
            if isLast && operation == .insert {
                guard let value else { return false }
                cells.insert(value, at: min(index, cells.count))
            } else if cells.indices.contains(index) {
                if isLast && operation == .remove {
                    cells.remove(at: index)
                } else if !cells[index].apply(operation, path.dropFirst(), value) {
                    return false
                }
            } else {
                return false
            }
            self = .array(cells)
        default: return false
        }
        return true
    }

    private static func precedes(_ a: [UInt8], _ b: [UInt8]) -> Bool {
        a.count != b.count ? a.count < b.count : a.lexicographicallyPrecedes(b)
    }
}
