import BackupBytes
import BackupRows
import TestSupport
import Testing

@testable import BackupExports
@testable import sluice

/// A batch never changes: any reader, any number of times and at the same time, gets the same, as lines and as
/// values.
@Suite struct ReadTwiceTests {
    /// What a batch becomes.
    private struct Reading: Equatable, Sendable {
        var lines: [UInt8] = []
        var faults: [RowFault] = []
        var blank = 0, replaced = 0, plainJSON = 0
        var jsonNulls: [Int: Int] = [:]

        init(linesOf batch: RowBatch) {
            let emitted = Emitter(pool: SlabPool(), collectsFaults: true).emit(batch)
            for chunk in emitted.chunks { lines += chunk.slab.bytes }
            (faults, blank, replaced) = (emitted.faults, emitted.blank, emitted.replaced)
            (plainJSON, jsonNulls) = (emitted.plainJSON, emitted.jsonNulls)
        }

        /// The same by way of values: only lines and faults.
        init(valuesOf batch: RowBatch) {
            let decoder = RowDecoder()
            var row = 0
            while row < batch.rowCount {
                let decoded = decoder.decode(batch, from: row)
                for index in 0 ..< decoded.rows.count {
                    lines += decoded.rows.line(ofRow: index) + [UInt8(ascii: "\n")]
                }
                faults += [decoded.fault].compactMap { $0 }
                row = decoded.fault == nil ? decoded.next : decoded.next + 1
            }
        }
    }

    @Test func batchesOfAllFixturesCanBeReadTwiceAndByTwoThreads() async throws {
        var batches = 0, rows = 0
        for name in Fixture.names {
            let scratch = try Scratch()
            for batch in batchesOf(Fixture(name: name), scratch) {
                let first = Reading(linesOf: batch)
                #expect(Reading(linesOf: batch) == first, "\(name), again")
                let both = await withTaskGroup(of: Reading.self) { group in
                    for _ in 0 ..< 2 { group.addTask { Reading(linesOf: batch) } }
                    return await group.reduce(into: []) { $0.append($1) }
                }
                #expect(both == [first, first], "\(name), by two threads")
                for _ in 0 ..< 2 {
                    let values = Reading(valuesOf: batch)
                    #expect(
                        String(decoding: values.lines, as: UTF8.self) == String(decoding: first.lines, as: UTF8.self),
                        "\(name), as values")
                    #expect(values.faults == first.faults, "\(name), as values")
                }
                #expect(Reading(linesOf: batch) == first, "\(name), after all")
                batches += 1
                rows += batch.rowCount
            }
        }
        #expect(batches > 300 && rows > batches)
    }

    /// In slabs so small that most are not the last of their file.
    @Test func rowsOfAllFixturesAreTheSameWhereWorkersMarkThem() throws {
        var counted = 0
        for name in Fixture.names {
            let fixture = Fixture(name: name), scratch = try Scratch()
            for capacity in [300, 2000] {
                let marked = batchesOf(fixture, scratch, capacity: capacity, marksInWorkers: false)
                let others = batchesOf(fixture, scratch, capacity: capacity, marksInWorkers: true, counted: &counted)
                #expect(marked.map(\.firstRowNumber) == others.map(\.firstRowNumber), "\(name), slabs of \(capacity)")
                for (batch, other) in zip(marked, others) {
                    #expect(Reading(linesOf: batch) == Reading(linesOf: other), "\(name), slabs of \(capacity)")
                }
            }
        }
        #expect(counted > 10)
    }

    private func batchesOf(_ fixture: Fixture, _ scratch: Scratch) -> [RowBatch] {
        batchesOf(fixture, scratch, capacity: Slab.usualCapacity, marksInWorkers: false)
    }

    private func batchesOf(
        _ fixture: Fixture, _ scratch: Scratch, capacity: Int, marksInWorkers: Bool
    ) -> [RowBatch] {
        var counted = 0
        return batchesOf(fixture, scratch, capacity: capacity, marksInWorkers: marksInWorkers, counted: &counted)
    }

    /// Those of a conversion with the fixture's options, as far as it gets. `counted`: how many a worker is to mark.
    private func batchesOf(
        _ fixture: Fixture, _ scratch: Scratch, capacity: Int, marksInWorkers: Bool, counted: inout Int
    ) -> [RowBatch] {
        let arguments = [fixture.input, "--output", scratch.place("out")] + fixture.arguments(scratch: scratch)
        var batches: [RowBatch] = []
        do {
            let command = try ConvertCommand.parse(arguments)
            let options = try command.reading.exportOptions(command.limits)
            var setup = ReaderSetup()
            setup.lines = LineFormat(values: options.values, tagKey: command.writing.tag)
            setup.recordLimit = min(options.limits.record, ReaderSetup.usualRecordLimit)
            setup.pool = SlabPool(capacity: capacity)
            setup.hasManyWorkers = marksInWorkers
            let walk = try ExportWalk(
                .path(fixture.input), options: options, setup: setup, counter: ByteCounter())
            while let event = try walk.next() {
                guard case .rows(let rows) = event else { continue }
                if case .unmade = rows { counted += 1 }
                batches.append(try rows.batch())
            }
        } catch { return batches }
        return batches
    }
}
