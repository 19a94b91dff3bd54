import AlibabaCloudCore
import BackupBytes
import Foundation
import ObjectStores
import Synchronization

/// Fetches one object into one file: resumes, verifies, and only then gives the file its name.
struct FileFetch: Sendable {
    let object: ObjectOrigin
    let output: String
    /// What is fetched, as the checkpoint names it.
    let origin: String
    let options: FetchOptions
    /// What the service's list says of the object, where it comes from a list.
    var listed: ListedObject?
    let progress: @Sendable (FetchProgress) -> Void

    private struct RangeResult: Sendable {
        let index: Int
        let checksum: CRC64
        let connections: Int
    }

    func run() async throws -> FetchReport {
        let start = ContinuousClock.now
        let file = try PartialFile(for: output)
        var (checkpoint, opened) = (try resumed(file), nil as Handoff<ObjectStream>?)
        if let checkpoint { try listed?.check(size: checkpoint.identity.size, location: output) }
        if checkpoint == nil {
            // One range: the connection that shows the object's size also delivers it. Several: one byte shows it.
            var stream = ObjectStream(origin: object, from: 0, to: options.parallel > 1 ? 1 : nil, identity: nil)
            do {
                let identity = try await stream.open()
                try listed?.check(size: identity.size, location: output)
                let fresh = FetchCheckpoint(
                    origin: origin, identity: identity, splitInto: stream.servesRanges ? options.parallel : 1)
                try file.begin(fresh)
                checkpoint = fresh
            } catch {
                file.discardIfEmpty()
                throw error
            }
            if options.parallel <= 1 { opened = Handoff(stream) }
        }
        guard let checkpoint else { throw CancellationError() }
        let meter = Meter(done: checkpoint.done, total: checkpoint.identity.size, start: start, report: progress)
        let results: [RangeResult]
        do {
            results = try await fetch(checkpoint, into: file, opened: opened, meter: meter)
        } catch {
            // Nothing of the object came, so what it was said to be is worth nothing either.
            file.discardIfEmpty()
            throw error
        }
        let sum = try verify(checkpoint, results, file)
        let entry = listed == nil ? nil : file.bytes.tarEntry(of: checkpoint.identity.size)
        if let listed { try verify(listed, sum, entry, checkpoint.identity.size, file) }
        let hasChecksum = (checkpoint.identity.checksum ?? listed?.checksum) != nil
        let path = try file.finish(suffix: entry == nil ? "" : ".tar")
        return FetchReport(
            path: path, bytes: checkpoint.identity.size, fetched: meter.fetched,
            connections: results.reduce(0) { $0 + $1.connections }, checksum: sum.value,
            verification: hasChecksum ? .checksum : .size, firstByte: meter.firstByte, duration: .now - start)
    }

    private func resumed(_ file: PartialFile) throws(CloudError) -> FetchCheckpoint? {
        guard options.resumes else { return nil }
        let found = file.resume()
        if let found, found.origin == origin { return found }
        if found == nil && file.isEmpty { return nil }
        // To throw it away would be to pay for it twice, if it is ours, and to destroy it, if it is not.
        let whose = found.map { "another download (\($0.origin))" } ?? "an unknown download"
        throw CloudError(
            .outputExists, "half of \(whose) lies there", location: file.path,
            advice: "Name another file, or start over.", remedy: .startOver)
    }

    /// Each range on a thread of its own.
    private func fetch(
        _ checkpoint: FetchCheckpoint, into file: PartialFile, opened: Handoff<ObjectStream>?, meter: Meter
    ) async throws -> [RangeResult] {
        try await withThrowingTaskGroup(of: RangeResult.self) { group in
            for (index, range) in checkpoint.ranges.enumerated() {
                group.addTask(executorPreference: DiskThread()) {
                    let stream =
                        opened?.take()
                        ?? ObjectStream(
                            origin: object, from: range.next, to: range.end, identity: checkpoint.identity)
                    return try await fetch(range, index, from: stream, into: file, meter: meter)
                }
            }
            var results: [RangeResult] = []
            for try await result in group { results.append(result) }
            return results.sorted { $0.index < $1.index }
        }
    }

    private func fetch(
        _ range: FetchCheckpoint.Range, _ index: Int, from stream: ObjectStream, into file: PartialFile, meter: Meter
    ) async throws -> RangeResult {
        var stream = stream
        // What lies on disk is read again, not trusted: a power cut may have left holes where the checkpoint sees data.
        var sum = try file.bytes.checksum(from: range.start, to: range.next)
        while !range.isComplete, let piece = try await stream.next() {
            try Task.checkCancellation()
            try piece.withBytes { bytes in
                try file.write(bytes, toRange: index, at: piece.offset)
                sum.update(bytes)
                meter.add(bytes.count)
            }
        }
        return RangeResult(index: index, checksum: sum, connections: stream.connections)
    }

    private func verify(
        _ checkpoint: FetchCheckpoint, _ results: [RangeResult], _ file: PartialFile
    ) throws(CloudError) -> CRC64 {
        var sum = CRC64()
        for (range, result) in zip(checkpoint.ranges, results) {
            sum.append(result.checksum, count: range.end - range.start)
        }
        guard let expected = checkpoint.identity.checksum, expected != sum.value else { return sum }
        file.discard()
        throw CloudError(
            .damaged, "the checksum is \(sum.value), the store's is \(expected); the file was thrown away",
            location: output,
            advice: "Fetch it again.")
    }

    private func verify(
        _ listed: ListedObject, _ sum: CRC64, _ entry: FileBytes.TarEntry?, _ size: Int64, _ file: PartialFile
    ) throws(CloudError) {
        if try listed.describes(file.bytes, size: size, sum: sum, entry: entry) { return }
        file.discard()
        throw CloudError(
            .damaged,
            "the file has \(size) bytes and the checksum \(sum.value), the service lists \(listed); it was thrown away",
            location: output, advice: "Fetch it again.")
    }
}
