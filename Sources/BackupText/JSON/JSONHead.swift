import BackupRows

/// Whether the first bytes of a file are rows of JSON.
package enum JSONHead {
    /// Objects, one after another or in an array, as far as these bytes go. What only begins as an object does, the
    /// first field of delimited text, is none: something else follows it on its line.
    package static func looksLikeRows(_ bytes: UnsafeRawBufferPointer) -> Bool {
        if let plain = unsafe UnicodeMark.plainHead(bytes) {
            return unsafe plain.withUnsafeBytes { unsafe looksLikeRows($0) }
        }
        var head = unsafe Cursor(bytes)
        head.skipMark()
        head.skipSpace()
        let isArray = head.take("[")
        if isArray { head.skipSpace() }
        guard head.take("{") else { return false }
        head.skipSpace()
        if head.isAtEnd { return isArray }
        if head.take("}") { return head.endsRow(isInArray: isArray) }
        guard head.skipString(), head.skipSpace(), head.isAtEnd || head.take(":") else { return false }
        return !head.skipObject() || head.endsRow(isInArray: isArray)
    }

    @safe private struct Cursor {
        private let bytes: UnsafeRawBufferPointer
        private var at = 0

        init(_ bytes: UnsafeRawBufferPointer) { unsafe self.bytes = unsafe bytes }

        var isAtEnd: Bool { unsafe at >= bytes.count }

        mutating func skipMark() { if unsafe bytes.starts(with: [0xEF, 0xBB, 0xBF]) { at = 3 } }

        @discardableResult mutating func skipSpace() -> Bool {
            while unsafe at < bytes.count && [0x20, 0x09, 0x0A, 0x0D].contains(bytes[at]) { at += 1 }
            return true
        }

        mutating func take(_ character: Unicode.Scalar) -> Bool {
            guard unsafe at < bytes.count && bytes[at] == UInt8(ascii: character) else { return false }
            at += 1
            return true
        }

        /// Past a string; false where none begins here.
        mutating func skipString() -> Bool {
            guard take("\"") else { return false }
            while unsafe at < bytes.count {
                let byte = unsafe bytes[at]
                if byte < 0x20 { return false }
                at += byte == UInt8(ascii: "\\") ? 2 : 1
                if byte == UInt8(ascii: "\"") { break }
            }
            return true
        }

        /// Past the object that was begun; false where it does not end in these bytes.
        mutating func skipObject() -> Bool {
            var depth = 1
            while unsafe at < bytes.count {
                switch unsafe bytes[at] {
                case UInt8(ascii: "\""):
                    if !skipString() { return true }
                    continue
                case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
                case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
                default: break
                }
                at += 1
                if depth == 0 { return true }
            }
            return false
        }

        /// Whether a row may end here.
        mutating func endsRow(isInArray: Bool) -> Bool {
            while unsafe at < bytes.count && [0x20, 0x09].contains(bytes[at]) { at += 1 }
            if unsafe at >= bytes.count || [0x0A, 0x0D].contains(bytes[at]) { return true }
            return isInArray && (take(",") || take("]"))
        }
    }
}
