import BackupBytes
import Synchronization

/// Compares what came out of all layers with what went in.
final class ExpansionMeter: Sendable {
    private let limit: Int
    private let unpacked = Atomic<Int>(0)
    /// Packed bytes: the whole file where its length is known, since a zip may be read at any offset any number of
    /// times.
    private let packed: @Sendable () -> Int

    init(limit: Int, packed: @escaping @Sendable () -> Int) {
        self.limit = limit
        self.packed = packed
    }

    func add(_ count: Int) throws {
        let sum = unpacked.add(count, ordering: .relaxed).newValue
        if sum > UnpackingLimits.expansionFloor && sum / limit > packed() {
            throw ArchiveFault.overLimit(.expansion, limit)
        }
    }
}

/// What comes out of a layer, metered.
final class MeteredSource: ByteSource {
    private let source: any ByteSource
    private let meter: ExpansionMeter

    init(_ source: any ByteSource, _ meter: ExpansionMeter) {
        self.source = source
        self.meter = meter
    }

    var length: Int? { source.length }
    var canceller: (any ReadCanceller)? { source.canceller }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        let count = try unsafe source.read(into: buffer)
        try meter.add(count)
        return count
    }
}
