/// Bytes around earlier reads at offsets, so that a short read is not a request of its own.
///
/// A reader of Parquet reads some kilobytes of each column in turn: each column has a window of its own, which moves on
/// and grows as long as reads follow each other.
struct NearBytes {
    private static let smallest = 64 << 10
    static let largest = 1 << 20
    /// Of all windows together.
    private static let bound = 16 << 20

    private struct Window {
        let offset: Int
        let bytes: [UInt8]
        var end: Int { offset + bytes.count }
    }

    /// The one that was used last stands last.
    private var windows: [Window] = []

    /// Copies from a window, or from a new one that `fetch` fills.
    ///
    /// - Parameters:
    ///   - range: what is wanted.
    ///   - size: of the object.
    mutating func copy(
        _ range: Range<Int>, of size: Int, into buffer: UnsafeMutableRawBufferPointer,
        fetch: (Int, UnsafeMutableRawBufferPointer) throws -> Void
    ) throws {
        var window = windows.firstIndex { $0.offset <= range.lowerBound && range.lowerBound <= $0.end }
            .map { windows.remove(at: $0) }
        if window == nil || window.map({ $0.end < range.upperBound }) == true {
            let next = min(window.map { $0.bytes.count * 2 } ?? Self.smallest, Self.largest)
            let count = min(max(next, range.count), size - range.lowerBound)
            window = nil
            let bytes = try [UInt8](unsafeUninitializedCapacity: count) { room, filled in
                try fetch(range.lowerBound, UnsafeMutableRawBufferPointer(start: room.baseAddress, count: count))
                filled = count
            }
            window = Window(offset: range.lowerBound, bytes: bytes)
        }
        guard let window else { return }
        windows.append(window)
        var total = windows.reduce(0) { $0 + $1.bytes.count }
        while total > Self.bound { total -= windows.removeFirst().bytes.count }
        window.bytes.withUnsafeBytes { bytes in
            buffer.copyMemory(from: .init(rebasing: bytes[(range.lowerBound - window.offset)...].prefix(range.count)))
        }
    }
}
