import BackupRows

/// Counts the lines at the front of a text, for messages. It gives up far inside a long text, so that it costs nothing
/// there.
struct PassedLines: Codable {
    private static let limit = 16 << 20
    private var lines = 0
    private var isLost = false

    /// `bytes` have been read; they begin at `offset` of the text.
    mutating func pass(_ bytes: UnsafeRawBufferPointer, at offset: Int) {
        if isLost { return }
        guard offset < Self.limit else {
            isLost = true
            return
        }
        lines += unsafe Self.count(bytes)
    }

    /// The number, from 1, of the line that `bytes` lead to; `passed` of them have been passed already.
    func line(after bytes: UnsafeRawBufferPointer, passed: UnsafeRawBufferPointer) -> Int? {
        isLost ? nil : unsafe lines - Self.count(passed) + Self.count(bytes) + 1
    }

    private static func count(_ bytes: UnsafeRawBufferPointer) -> Int {
        var count = 0
        for index in bytes.indices where unsafe bytes[index] == 0x0A { count += 1 }
        return count
    }
}
