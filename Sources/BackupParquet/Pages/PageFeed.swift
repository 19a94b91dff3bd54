import BackupBytes
import CISAL

/// The pages of one column chunk, one after another, read from the file by ranges.
///
///     header · dictionary page | header · data page | header · data page | …
@safe final class PageFeed {
    private let file: any RangedBytes
    private let chunk: ColumnChunk
    private let codec: ParquetCodec
    private let limits: ParquetLimits
    private let tools: PageTools
    /// Where the next page begins, and where no page can be any more: the footer.
    private(set) var offset: Int
    private let end: Int
    /// The header that was looked at and not taken.
    private var peeked: (header: PageHeader, length: Int)?

    init(
        _ chunk: ColumnChunk, of file: any RangedBytes, before end: Int, limits: ParquetLimits, tools: PageTools
    ) throws(ParquetError) {
        guard let codec = ParquetCodec(rawValue: chunk.codec) else {
            throw .unsupported("its pages are compressed by a codec that is not known (\(chunk.codec))")
        }
        if codec == .lzo { throw .unsupported("its pages are compressed by LZO") }
        if chunk.isEncrypted { throw .unsupported("it is encrypted") }
        if let path = chunk.filePath { throw .unsupported("its values lie in another file (\(path))") }
        (self.file, self.chunk, self.codec, self.limits, self.tools) = (file, chunk, codec, limits, tools)
        (offset, self.end) = (chunk.start, end)
        guard (4 ..< end).contains(offset) || chunk.valueCount == 0 else {
            throw .damaged("its pages are said to lie at byte \(offset), outside of the file's data")
        }
    }

    /// The header of the next page.
    func peek() throws -> PageHeader {
        if let peeked { return peeked.header }
        var wanted = 256
        while true {
            let available = min(wanted, end - offset)
            guard available > 0 else { throw ParquetError.damaged("its pages end too early") }
            let bytes = try unsafe read(offset, available, into: tools.header)
            do {
                var reader = unsafe ThriftReader(bytes)
                let header = try PageHeader(&reader)
                try check(header, length: reader.at)
                peeked = (header, reader.at)
                return header
            } catch let fault as ThriftFault {
                guard fault == .cut, available < end - offset, wanted < limits.pageHeader else {
                    throw ParquetError(.damaged, "the header of a page cannot be read", offset: offset)
                }
                wanted *= 8
            }
        }
    }

    private func check(_ header: PageHeader, length: Int) throws(ParquetError) {
        func fail(_ why: String) -> ParquetError { ParquetError(.damaged, why, offset: offset) }
        guard header.size >= 0, header.compressedSize >= 0, (0 ... Int(Int32.max)).contains(header.valueCount) else {
            throw fail("the header of a page has a number that cannot be")
        }
        guard header.compressedSize <= end - offset - length else { throw fail("a page extends past the file's data") }
        guard header.size <= limits.page else {
            throw ParquetError(.overLimit, "a page is longer than \(limits.page) bytes", offset: offset, limit: .page)
        }
        if header.kind == .dataV2 {
            let most = min(header.size, header.compressedSize)
            guard (0 ... most).contains(header.repetitionBytes),
                (0 ... most - header.repetitionBytes).contains(header.definitionBytes)
            else { throw fail("the levels of a page are longer than the page") }
        }
    }

    /// Goes back to a page that was read.
    func go(to page: Int) { (offset, peeked) = (page, nil) }

    /// Passes over the page whose header was looked at.
    func skip() throws {
        _ = try peek()
        guard let (header, length) = peeked else { return }
        offset += length + header.compressedSize
        peeked = nil
    }

    /// The next page, into `block`.
    func next(into block: Block) throws -> Page {
        _ = try peek()
        guard let (header, length) = peeked else { throw ParquetError.damaged("its pages end too early") }
        let page = Page(header: header, offset: offset)
        let start = offset + length
        try skip()
        do { try load(header, at: start, into: block) } catch let error as ParquetError {
            throw error.located(offset: page.offset)
        }
        return page
    }

    private func load(_ header: PageHeader, at start: Int, into block: Block) throws {
        let isPlain = codec == .uncompressed || (header.kind == .dataV2 && !header.isCompressed)
        if isPlain {
            guard header.size == header.compressedSize else {
                throw ParquetError.damaged("a page is not as long as its header says")
            }
            try begin(block, header.size, isLasting: true, isDictionary: header.kind == .dictionary)
            try fill(block, from: start, checksum: header.checksum)
            return
        }
        let packed = tools.packed
        try begin(packed, header.compressedSize, isLasting: false, isDictionary: false)
        try fill(packed, from: start, checksum: header.checksum)
        // Levels of v2 are not compressed.
        let levels = header.kind == .dataV2 ? header.repetitionBytes + header.definitionBytes : 0
        try begin(block, header.size, isLasting: true, isDictionary: header.kind == .dictionary)
        unsafe block.room.copyMemory(from: .init(rebasing: packed.bytes[..<levels]))
        if header.size == levels && header.kind == .dataV2 { return }
        let steps = PageSteps(limits.step, [packed, block])
        try unsafe tools.decompressor.decompress(
            .init(rebasing: packed.bytes[levels...]), codec: codec, into: .init(rebasing: block.room[levels...]), steps)
        steps.end()
        // A long one is not kept for the next page.
        if packed.isInFile { packed.begin(0) }
    }

    /// Makes a block hold so many bytes, in a file where they are too many. `isLasting`: until they are used.
    private func begin(_ block: Block, _ count: Int, isLasting: Bool, isDictionary: Bool) throws {
        // Values of a dictionary are used in any order: where they lie in a file, that takes time.
        let isOver = isLasting && tools.held + count > (isDictionary ? 2 * limits.held : limits.held)
        guard isOver || (count > limits.pageInMemory && !isDictionary) else { return block.begin(count) }
        guard tools.spilled + count <= limits.spill else {
            throw ParquetError(
                .overLimit, "pages of its columns take more than \(limits.spill) bytes on disk", limit: .spill)
        }
        try block.beginInFile(count)
    }

    /// Reads all of a block's bytes.
    private func fill(_ block: Block, from start: Int, checksum: UInt32?) throws {
        var filled = 0, found: UInt32 = 0
        while filled < block.count {
            let count = block.isInFile ? min(limits.step, block.count - filled) : block.count
            let room = unsafe UnsafeMutableRawBufferPointer(rebasing: block.room[filled ..< filled + count])
            guard try unsafe file.read(at: start + filled, into: room) == count else {
                throw ParquetError(.damaged, "the file ends inside a page", offset: start)
            }
            if checksum != nil {
                found = unsafe crc32_gzip_refl(
                    found, room.baseAddress?.assumingMemoryBound(to: UInt8.self), UInt64(count))
            }
            filled += count
            block.evict()
        }
        if let checksum, checksum != found { throw ParquetError.damaged("the checksum of a page does not match") }
    }

    private func read(_ offset: Int, _ count: Int, into block: Block) throws -> UnsafeRawBufferPointer {
        block.begin(count)
        guard try unsafe file.read(at: offset, into: block.room) == count else {
            throw ParquetError(.damaged, "the file ends inside a page", offset: offset)
        }
        return unsafe block.bytes
    }
}
