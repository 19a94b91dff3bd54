import CBackupKernels

/// Texts that stand in JSON as they are.
enum CleanText {
    /// Copies bytes, and some past them; returns whether JSON escapes none of them. Both sides have slack.
    @inline(__always)
    static func copy(_ from: UnsafePointer<UInt8>, _ to: UnsafeMutablePointer<UInt8>, _ count: Int) -> Bool {
        unsafe bk_copy_text(from, to, count) != 0
    }

    /// Whether JSON escapes none of these bytes, past which some can be read.
    @inline(__always)
    static func isClean(_ value: ValueBytes) -> Bool { unsafe bk_is_clean(value.start, value.count) != 0 }
}
