import CBackupKernels

/// Puts JSON documents on one line, one after another.
@safe package final class JSONDocuments {
    private let keys = JSONKeys()

    package init() {}

    /// Writes the document without white space between its tokens to `out`, which has room for as many bytes as it has
    /// and BK_SLACK more; returns how many it wrote. nil: it is no JSON, or an object has a key twice.
    package func put(_ text: UnsafePointer<UInt8>, _ count: Int, _ out: UnsafeMutablePointer<UInt8>) -> Int? {
        var written = 0, memory = unsafe keys.memory
        while true {
            switch unsafe bk_json_line(bk_kernels_in_use(), text, count, 0, out, &written, &memory) {
            case BK_JSON_DONE: return written
            case BK_JSON_NO_ROOM:
                unsafe keys.grow(for: memory)
                unsafe memory = unsafe keys.memory
            default: return nil
            }
        }
    }
}
