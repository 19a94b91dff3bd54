import BackupBytes
import BackupRows

/// The lines of a reader, each looked at, and the error that it ended with.
package struct DecodedLines: Equatable {
    package private(set) var lines: [UInt8] = []
    package private(set) var notes: [String] = []
    package var error: String?

    package init() {}

    /// Adds all that a reader gives.
    package mutating func add(from reader: some RowReader) throws {
        let emitter = Emitter(pool: SlabPool(), collectsFaults: true)
        while let event = try reader.next() {
            switch event {
            case .rows(let rows):
                let emitted = try rows.lines(by: emitter), start = lines.count
                for chunk in emitted.chunks { lines += chunk.slab.bytes }
                // A batch is made of whole rows, so one with a fault is an error.
                guard case .unmade(let maker) = rows, emitted.faults.isEmpty else { break }
                let made = try emitter.emit(maker.make()).chunks.flatMap { Array($0.slab.bytes) }
                if !lines[start...].elementsEqual(made) { found("a batch has other lines than its rows") }
            case .note(let text, _): notes.append(text)
            default: break
            }
        }
    }

    package mutating func add(notes more: [String]) { notes += more }

    /// Every line is one JSON object in UTF-8.
    package func check() {
        for line in lines.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).dropLast() {
            if !StrictJSON.isObject(Array(line)) { found("no JSON: \(String(decoding: line, as: UTF8.self))") }
        }
        if let last = lines.last, last != UInt8(ascii: "\n") { found("a line without its end") }
    }
}
