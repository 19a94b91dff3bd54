import Foundation

/// Whole reads and writes of a file descriptor: what the system interrupts or cuts short is continued.
package enum Descriptor {
    /// Writes all of `bytes`, at the descriptor's offset or at `offset`; `path` names it in the error.
    package static func write(
        _ bytes: UnsafeRawBufferPointer, to descriptor: Int32, at offset: Int? = nil, path: String
    ) throws(SystemFailure) {
        var written = 0
        while written < bytes.count {
            let from = unsafe bytes.baseAddress! + written, left = bytes.count - written
            let count =
                if let offset { unsafe pwrite(descriptor, from, left, off_t(offset + written)) } else {
                    unsafe Foundation.write(descriptor, from, left)
                }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw SystemFailure(operation: "write", path: path, code: errno) }
            written += count
        }
    }

    /// Fills `buffer` from `offset` on; fewer bytes only at the file's end.
    package static func read(
        into buffer: UnsafeMutableRawBufferPointer, from descriptor: Int32, at offset: Int, path: String
    ) throws(SystemFailure) -> Int {
        var filled = 0
        while filled < buffer.count {
            let count = unsafe pread(
                descriptor, buffer.baseAddress! + filled, buffer.count - filled, off_t(offset + filled))
            if count < 0 && errno == EINTR { continue }
            if count < 0 { throw SystemFailure(operation: "read", path: path, code: errno) }
            if count == 0 { break }
            filled += count
        }
        return filled
    }

    /// A new file in `folder` that has no name any more: gone with the process, however that ends.
    package static func nameless(in folder: String, for purpose: String) throws(SystemFailure) -> Int32 {
        let path = folder + "/.sluice.\(purpose).\(UUID().uuidString)"
        let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw SystemFailure(operation: "write", path: path, code: errno) }
        unsafe unlink(path)
        return descriptor
    }
}
