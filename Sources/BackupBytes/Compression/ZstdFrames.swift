import CZstd

/// Frames of Zstandard one after another, whose contents are read by ranges: the frames that a range lies in are
/// decompressed, and the last ones kept.
@safe package final class ZstdFrames {
    /// Reads packed bytes at an offset; fewer than asked for only at the end.
    private let readPacked: (Int, UnsafeMutableRawBufferPointer) throws -> Int
    /// By frame: where its packed bytes and its contents begin; the last is the end of all.
    private var starts: [(packed: Int, inflated: Int)] = [(0, 0)]
    private let packed: Slab
    private let context = unsafe ZSTD_createDCtx()
    private var kept: [(frame: Int, contents: Slab)] = []

    private static let keptLimit = 8

    /// Finds the frames, each of which holds no more than `frameSize` bytes and says how many.
    /// - Throws: `RecordDamaged`, and what `readPacked` throws.
    package init(frameSize: Int, readPacked: @escaping (Int, UnsafeMutableRawBufferPointer) throws -> Int) throws {
        self.readPacked = readPacked
        packed = Slab(capacity: ZSTD_compressBound(frameSize) + 64)
        var offset = 0
        while true {
            let count = try unsafe readPacked(offset, whole(packed))
            if count == 0 { break }
            let size = unsafe ZSTD_findFrameCompressedSize(packed.base, count)
            let contents = unsafe ZSTD_getFrameContentSize(packed.base, count)
            guard ZSTD_isError(size) == 0, contents <= UInt64(frameSize) else { throw RecordDamaged() }
            offset += size
            starts.append((offset, length + Int(contents)))
        }
    }

    deinit { unsafe ZSTD_freeDCtx(context) }

    /// Bytes of all contents.
    package var length: Int { starts[starts.count - 1].inflated }

    /// Reads at `offset` bytes from the front; fewer than asked for only at the end.
    package func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        var filled = 0
        while filled < buffer.count, case let at = offset + filled, at < length {
            let frame = self.frame(holding: at), contents = try contents(of: frame)
            let start = at - starts[frame].inflated, count = min(buffer.count - filled, contents.count - start)
            unsafe (buffer.baseAddress! + filled).copyMemory(from: contents.base + start, byteCount: count)
            filled += count
        }
        return filled
    }

    /// The frame that has this byte.
    private func frame(holding offset: Int) -> Int {
        var low = 0, high = starts.count - 1
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle].inflated <= offset { low = middle } else { high = middle }
        }
        return low
    }

    private func contents(of frame: Int) throws -> Slab {
        if let index = kept.firstIndex(where: { $0.frame == frame }) {
            kept.append(kept.remove(at: index))
            return kept[kept.count - 1].contents
        }
        let size = starts[frame + 1].packed - starts[frame].packed
        let room = unsafe UnsafeMutableRawBufferPointer(rebasing: whole(packed).prefix(size))
        guard try unsafe readPacked(starts[frame].packed, room) == size else { throw RecordDamaged() }
        let expected = starts[frame + 1].inflated - starts[frame].inflated
        let contents = kept.count < Self.keptLimit ? Slab(capacity: packed.capacity) : kept.removeFirst().contents
        let count = unsafe ZSTD_decompressDCtx(context, contents.base, contents.capacity, packed.base, size)
        guard ZSTD_isError(count) == 0, count == expected else { throw RecordDamaged() }
        contents.reset()
        contents.end = count
        kept.append((frame, contents))
        return contents
    }

    private func whole(_ slab: Slab) -> UnsafeMutableRawBufferPointer {
        unsafe .init(start: slab.base, count: slab.capacity)
    }
}
