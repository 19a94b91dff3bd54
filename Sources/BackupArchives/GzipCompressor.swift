import CISAL
import Foundation

/// Compresses pieces to gzip members of their own with ISA-L: members one after another are one valid file.
package final class GzipCompressor {
    private let state = UnsafeMutablePointer<isal_zstream>.allocate(capacity: 1)
    private let buffer: UnsafeMutablePointer<UInt8>
    private static let level: UInt32 = 1
    private static let bufferSize = 512 * 1024

    package init() { buffer = .allocate(capacity: Self.bufferSize) }

    deinit {
        state.deallocate()
        buffer.deallocate()
    }

    /// One whole member.
    package func member(_ bytes: UnsafeRawBufferPointer) -> Data {
        isal_deflate_init(state)
        state.pointee.level = Self.level
        state.pointee.level_buf = buffer
        state.pointee.level_buf_size = UInt32(Self.bufferSize)
        state.pointee.gzip_flag = UInt16(IGZIP_GZIP)
        state.pointee.end_of_stream = 1
        state.pointee.flush = UInt16(NO_FLUSH)
        state.pointee.next_in = UnsafeMutablePointer(mutating: bytes.bindMemory(to: UInt8.self).baseAddress)
        state.pointee.avail_in = UInt32(bytes.count)
        var member = Data(count: bytes.count + bytes.count / 8 + 1024)
        let written = member.withUnsafeMutableBytes { out in
            state.pointee.next_out = out.bindMemory(to: UInt8.self).baseAddress
            state.pointee.avail_out = UInt32(out.count)
            isal_deflate(state)
            return out.count - Int(state.pointee.avail_out)
        }
        return member.prefix(written)
    }
}
