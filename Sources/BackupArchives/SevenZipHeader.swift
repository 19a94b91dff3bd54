import BackupBytes
import CLzma

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What a 7z says of how it is packed, looked at before libarchive is, which takes any dictionary that is asked for.
///
///     7z BC AF 27 1C | version 2 | CRC 4 | next header: offset 8, size 8, CRC 4 | packed streams … | next header
///
/// The next header begins with 01; or with 17, and says how it is packed itself (7zFormat.txt of the LZMA SDK).
struct SevenZipHeader {
    private let limit: Int
    /// Of all files in it, in order.
    private(set) var names: [String] = []

    fileprivate enum Property: UInt8 {
        case end, header, archive, additional, mainStreams, files, packInfo, unpackInfo, subStreams, size, crc, folder,
            unpackSizes
        case packedHeader = 0x17
    }
    private struct Coder { var id: [UInt8] = [], properties: [UInt8] = [] }
    private struct Packed { var offset = 0, size = 0, unpackedSize = 0, coders: [Coder] = [] }

    /// - Throws: `ArchiveFault` where a coder asks for more than `windowLimit`, or the header cannot be read.
    init(_ file: any SeekableByteSource, windowLimit: Int) throws {
        limit = windowLimit
        let start = try file.bytes(from: 0, count: Self.startLength)
        let offset = Self.little(start[12...], 8), size = Int(clamping: Self.little(start[20...], 8))
        guard size > 0 else { return }  // an archive of nothing
        var header = try Self.bytes(of: file, afterStart: Int(clamping: offset), count: try bounded(size))
        // One that unpacks to itself would never end.
        for _ in 0 ..< Self.mostLayers where header.first == Property.packedHeader.rawValue {
            var reader = Reader(header.dropFirst())
            let packed = try streams(&reader)
            guard packed.coders.count == 1 else { throw Self.unreadable }
            let bytes = try Self.bytes(of: file, afterStart: packed.offset, count: try bounded(packed.size))
            header = try Self.unpacked(bytes, packed.coders[0], size: try bounded(packed.unpackedSize))
        }
        var reader = Reader(header[...])
        guard try reader.property() == .header else { throw Self.unreadable }
        var property = try reader.property()
        if property == .archive {
            while try reader.byte() != Property.end.rawValue { try reader.skip(try reader.number()) }
            property = try reader.property()
        }
        if property == .mainStreams { _ = try streams(&reader) }
        names = Self.names(in: reader.rest)
    }

    private static let startLength = 32, mostLayers = 4
    private static let unreadable = ArchiveFault.damaged(format: "7z", why: "its header cannot be read", offset: 0)

    private func bounded(_ size: Int) throws -> Int {
        guard size <= limit else { throw ArchiveFault.overLimit(.window, limit) }
        return size
    }

    // MARK: Packed streams

    /// The first of the streams, with the first folder's coders; no coder of any folder asks for more than the limit.
    private func streams(_ reader: inout Reader) throws -> Packed {
        var packed = Packed()
        var property = try reader.property()
        if property == .packInfo {
            packed.offset = try reader.number()
            let count = try reader.count()
            property = try reader.property()
            if property == .size {
                for index in 0 ..< count {
                    let size = try reader.number()
                    if index == 0 { packed.size = size }
                }
                property = try reader.property()
            }
            property = try skipChecks(&reader, property, of: count)
            guard property == .end else { throw Self.unreadable }
            property = try reader.property()
        }
        if property == .unpackInfo {
            guard try reader.property() == .folder else { throw Self.unreadable }
            let folders = try reader.count()
            // they lie elsewhere: libarchive cannot, either
            guard try reader.byte() == 0 else { throw Self.unreadable }
            var outputs = 0
            for index in 0 ..< folders {
                let (coders, count) = try folder(&reader)
                if index == 0 { packed.coders = coders }
                outputs += count
            }
            guard try reader.property() == .unpackSizes else { throw Self.unreadable }
            for index in 0 ..< outputs {
                let size = try reader.number()
                if index == 0 { packed.unpackedSize = size }
            }
            property = try skipChecks(&reader, try reader.property(), of: folders)
            guard property == .end else { throw Self.unreadable }
        }
        return packed
    }

    private func folder(_ reader: inout Reader) throws -> (coders: [Coder], outputs: Int) {
        var coders: [Coder] = [], inputs = 0, outputs = 0
        for _ in 0 ..< (try reader.count()) {
            let flags = try reader.byte()
            var coder = Coder(id: Array(try reader.take(Int(flags & 15))))
            inputs += flags & 0x10 == 0 ? 1 : try reader.count()
            outputs += flags & 0x10 == 0 ? 1 : try reader.count()
            if flags & 0x20 != 0 { coder.properties = Array(try reader.take(try reader.number())) }
            _ = try bounded(Self.window(of: coder))
            coders.append(coder)
        }
        let pairs = max(0, outputs - 1)
        for _ in 0 ..< 2 * pairs { _ = try reader.number() }
        if inputs - pairs > 1 { for _ in 0 ..< inputs - pairs { _ = try reader.number() } }
        return (coders, outputs)
    }

    /// Whether checks are there for all, or a bit for each of `count`; then four bytes each.
    private func skipChecks(_ reader: inout Reader, _ property: Property, of count: Int) throws -> Property {
        guard property == .crc else { return property }
        var defined = count
        if try reader.byte() == 0 { defined = try reader.take((count + 7) / 8).reduce(0) { $0 + $1.nonzeroBitCount } }
        try reader.skip(4 * defined)
        return try reader.property()
    }

    private static func window(of coder: Coder) -> Int {
        switch (coder.id, coder.properties.count) {
        case ([3, 1, 1], 5), ([3, 4, 1], 5): Int(little(coder.properties[1...], 4))  // LZMA; PPMd
        case ([0x21], 1):  // LZMA2: two steps to a power of two
            coder.properties[0] >= 40
                ? Int(UInt32.max) : (2 | Int(coder.properties[0] & 1)) << (Int(coder.properties[0] / 2) + 11)
        default: 0
        }
    }

    // MARK: Bytes

    private static func little(_ bytes: ArraySlice<UInt8>, _ count: Int) -> UInt64 {
        bytes.prefix(count).reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    private static func bytes(of file: any SeekableByteSource, afterStart offset: Int, count: Int) throws -> [UInt8] {
        let length = file.length ?? 0
        guard offset <= length - startLength - count else { throw ArchiveFault.truncated(format: "7z", offset: length) }
        return try file.bytes(from: startLength + offset, count: count)
    }

    /// A header that is packed: with LZMA nearly always, or not at all.
    private static func unpacked(_ bytes: [UInt8], _ coder: Coder, size: Int) throws -> [UInt8] {
        let filter: lzma_vli
        switch coder.id {
        case [0]: return bytes
        case [3, 1, 1]: filter = 0x4000_0000_0000_0001  // LZMA_FILTER_LZMA1, which is a macro that Swift does not see
        case [0x21]: filter = 0x21
        default: throw unreadable
        }
        var decoder = unsafe lzma_stream(),
            filters = unsafe [lzma_filter(id: filter, options: nil), lzma_filter(id: .max, options: nil)]
        defer {
            unsafe lzma_end(&decoder)
            unsafe free(filters[0].options)
        }
        guard unsafe lzma_properties_decode(&filters[0], nil, coder.properties, coder.properties.count) == LZMA_OK,
            unsafe lzma_raw_decoder(&decoder, filters) == LZMA_OK
        else { throw unreadable }
        return try unsafe [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            try unsafe bytes.withUnsafeBufferPointer { input in
                unsafe decoder.next_in = input.baseAddress
                unsafe decoder.avail_in = input.count
                unsafe decoder.next_out = buffer.baseAddress
                unsafe decoder.avail_out = size
                let result = unsafe lzma_code(&decoder, LZMA_FINISH)
                guard result == LZMA_OK || result == LZMA_STREAM_END, unsafe decoder.avail_out == 0 else {
                    throw unreadable
                }
            }
            count = size
        }
    }

    struct Reader {
        private(set) var rest: ArraySlice<UInt8>

        init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

        mutating func byte() throws -> UInt8 {
            guard let byte = rest.popFirst() else { throw SevenZipHeader.unreadable }
            return byte
        }

        fileprivate mutating func property() throws -> Property {
            guard let property = Property(rawValue: try byte()) else { throw SevenZipHeader.unreadable }
            return property
        }

        mutating func take(_ count: Int) throws -> ArraySlice<UInt8> {
            guard count >= 0, count <= rest.count else { throw SevenZipHeader.unreadable }
            defer { rest = rest.dropFirst(count) }
            return rest.prefix(count)
        }

        mutating func skip(_ count: Int) throws { _ = try take(count) }

        /// The leading ones of the first byte say how many follow; its other bits are the highest.
        mutating func number() throws -> Int {
            let first = try byte(), more = (~first).leadingZeroBitCount
            let low = SevenZipHeader.little(try take(more), more)
            let high = more < 7 ? UInt64(first & (0x7F >> UInt8(more))) << UInt64(8 * more) : 0
            guard let number = Int(exactly: high | low) else { throw SevenZipHeader.unreadable }
            return number
        }

        /// Of something that takes bytes here.
        mutating func count() throws -> Int {
            let count = try number()
            guard count <= Int(UInt32.max) else { throw SevenZipHeader.unreadable }
            return count
        }
    }
}
