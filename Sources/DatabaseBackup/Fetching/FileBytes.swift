import AlibabaCloudCore
import Foundation
import ObjectStores

/// The bytes of an open file, for checks after they were written.
struct FileBytes {
    let descriptor: Int32
    let path: String

    /// The file that a tar holds.
    struct TarEntry: Sendable, Hashable {
        /// The offset of its first byte in the tar.
        let start: Int64
        /// Bytes.
        let size: Int64
    }

    var size: Int64 { Int64(lseek(descriptor, 0, SEEK_END)) }

    /// The checksum of a range.
    func checksum(from start: Int64, to end: Int64) throws(CloudError) -> CRC64 {
        var sum = CRC64()
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
        defer { buffer.deallocate() }
        var offset = start
        while offset < end {
            let count = pread(descriptor, buffer.baseAddress, min(buffer.count, Int(end - offset)), off_t(offset))
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw PartialFile.failure(location: path) }
            sum.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            offset += Int64(count)
        }
        return sum
    }

    /// The first file of a tar of `size` bytes; nil when the bytes are no tar.
    ///
    ///     0 name … 124 size, octal … 148 sum of the header's bytes … 156 type … 257 "ustar"
    func tarEntry(of size: Int64) -> TarEntry? {
        var offset: Int64 = 0
        // Headers of pax and GNU tar may come first.
        for _ in 0 ..< 4 {
            guard offset + 512 <= size, let header = read(512, at: offset),
                header[257 ..< 262] == Array("ustar".utf8)[...],
                Self.octal(header[148 ..< 156]) == Self.sum(header), let length = Self.octal(header[124 ..< 136]),
                length <= size - offset - 512
            else { return nil }
            if [UInt8(ascii: "0"), 0].contains(header[156]) { return TarEntry(start: offset + 512, size: length) }
            offset += 512 + (length + 511) / 512 * 512
        }
        return nil
    }

    private func read(_ count: Int, at offset: Int64) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        return bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, count, off_t(offset)) } == count
            ? bytes : nil
    }

    private static func octal(_ field: ArraySlice<UInt8>) -> Int64? {
        let digits = field.drop { $0 == UInt8(ascii: " ") }.prefix { $0 != 0 && $0 != UInt8(ascii: " ") }
        return Int64(String(decoding: digits, as: UTF8.self), radix: 8)
    }

    /// As a tar's header counts it: the field of the sum itself as blanks.
    private static func sum(_ header: [UInt8]) -> Int64 {
        header.enumerated().reduce(0) { $0 + ((148 ..< 156).contains($1.offset) ? 32 : Int64($1.element)) }
    }
}
