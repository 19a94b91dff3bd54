import BackupRows
import CBackupKernels

extension UnsafeRawBufferPointer {
    /// Whether the bytes of `text` stand somewhere.
    func contains(_ text: String) -> Bool {
        guard let base = baseAddress else { return text.isEmpty }
        var text = text
        return text.withUTF8 {
            unsafe bk_contains(base.assumingMemoryBound(to: UInt8.self), count, $0.baseAddress, $0.count) != 0
        }
    }
}
