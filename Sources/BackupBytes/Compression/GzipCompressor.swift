import CISAL
import Foundation

/// Compresses pieces to gzip members of their own with ISA-L: members one after another are one valid file.
@safe package final class GzipCompressor {
    private let state = UnsafeMutablePointer<isal_zstream>.allocate(capacity: 1)
    private let buffer: UnsafeMutablePointer<UInt8>
    private static let level: UInt32 = 1
    private static let bufferSize = 512 * 1024

    package init() { unsafe buffer = .allocate(capacity: Self.bufferSize) }

    deinit {
        unsafe state.deallocate()
        unsafe buffer.deallocate()
    }

    /// One whole member.
    package func member(_ bytes: UnsafeRawBufferPointer) -> Data {
        unsafe isal_deflate_init(state)
        unsafe state.pointee.level = Self.level
        unsafe state.pointee.level_buf = unsafe buffer
        unsafe state.pointee.level_buf_size = UInt32(Self.bufferSize)
        unsafe state.pointee.gzip_flag = UInt16(IGZIP_GZIP)
        unsafe state.pointee.end_of_stream = 1
        unsafe state.pointee.flush = UInt16(NO_FLUSH)
        unsafe state.pointee.next_in = unsafe UnsafeMutablePointer(
            mutating: bytes.bindMemory(to: UInt8.self).baseAddress)
        unsafe state.pointee.avail_in = UInt32(bytes.count)
        var member = Data(count: bytes.count + bytes.count / 8 + 1024)
        let written = unsafe member.withUnsafeMutableBytes { out in
            unsafe state.pointee.next_out = unsafe out.bindMemory(to: UInt8.self).baseAddress
            unsafe state.pointee.avail_out = UInt32(out.count)
            unsafe isal_deflate(state)
            return unsafe out.count - Int(state.pointee.avail_out)
        }
        return member.prefix(written)
    }
}
