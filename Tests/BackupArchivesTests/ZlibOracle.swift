import CZlib

/// What zlib makes of a gzip file: the other opinion.
enum ZlibOracle {
    private struct Refused: Error {}

    /// The bytes of all members; nil where zlib refuses or the end comes too early. Zero padding after the last member
    /// is fine.
    static func inflate(_ bytes: [UInt8]) -> [UInt8]? {
        var out: [UInt8] = [], at = 0, members = 0
        while at < bytes.count {
            if members > 0 && bytes[at...].allSatisfy({ $0 == 0 }) { return out }
            guard let taken = member(Array(bytes[at...]), &out) else { return nil }
            at += taken
            members += 1
        }
        return members > 0 ? out : nil
    }

    /// Bytes that the member takes.
    private static func member(_ bytes: [UInt8], _ out: inout [UInt8]) -> Int? {
        var stream = z_stream(), input = bytes
        guard inflateInit2_(&stream, 15 + 16, zlibVersion(), Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            return nil
        }
        defer { inflateEnd(&stream) }
        return input.withUnsafeMutableBufferPointer { input in
            stream.next_in = input.baseAddress
            stream.avail_in = UInt32(input.count)
            var piece = [UInt8](repeating: 0, count: 32 * 1024)
            while true {
                let result = piece.withUnsafeMutableBufferPointer { room in
                    stream.next_out = room.baseAddress
                    stream.avail_out = UInt32(room.count)
                    return CZlib.inflate(&stream, Z_NO_FLUSH)
                }
                out += piece[..<(piece.count - Int(stream.avail_out))]
                if result == Z_STREAM_END { return input.count - Int(stream.avail_in) }
                guard result == Z_OK, stream.avail_in > 0 || stream.avail_out == 0 else { return nil }
            }
        }
    }
}
