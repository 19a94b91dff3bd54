import BackupArchives
import BackupBytes
import BackupTables
import CLinux
import Crypto
import Foundation

/// The part files of one table, while they are being written.
final class TableOutput {
    private let folder: String
    private let form: OutputForm
    private let hashes: HashQueue
    /// Bytes of the open part that the system was asked to bring to the disk: what the end has to wait for is little then.
    private var started = 0
    private static let startLimit = 8 << 20
    private var descriptor: Int32 = -1
    private var hash: HashQueue.FileHash?
    private(set) var parts: TableParts

    init(folder: String, parts: TableParts, form: OutputForm, hashes: HashQueue) {
        self.hashes = hashes
        self.folder = folder
        self.parts = parts
        self.form = form
    }

    deinit { suspend() }

    var partBytes: Int { parts.open?.bytes ?? 0 }

    func write(_ lines: Lines) throws {
        if parts.open == nil { try beginPart() }
        if descriptor < 0 { try open(flags: O_WRONLY | O_APPEND) }
        let hash = try self.hash ?? hashOfWritten()
        self.hash = hash
        hashes.add(lines, to: hash)
        try lines.withBytes {
            try ExportError.write($0, to: descriptor, place)
            parts.open?.bytes += $0.count
        }
        parts.open?.rows += lines.rows
        parts.open?.sha256 = ""
        if partBytes - started >= Self.startLimit {
            _ = linux_start_writing(descriptor, Int64(started), Int64(partBytes - started))
            started = partBytes
        }
    }

    /// Closes the file for now; a later write opens it again.
    func suspend() {
        if descriptor >= 0 { close(descriptor) }
        descriptor = -1
    }

    /// Its parts as another may take them up.
    func laidAside() -> TableParts {
        suspend()
        if let hash { parts.open?.sha256 = hashes.digest(of: hash) }
        return parts
    }

    func endPart(makingAtLeastOne: Bool = false) throws {
        if parts.open == nil && makingAtLeastOne && parts.whole.isEmpty { try write(Lines(form.emptiness, rows: 0)) }
        guard var part = parts.open else { return }
        suspend()
        if hash != nil || part.sha256.isEmpty { part.sha256 = hashes.digest(of: try hash ?? hashOfWritten()) }
        parts.whole.append(part)
        parts.open = nil
        hash = nil
    }

    func giveFinalNames() throws {
        while parts.named < parts.whole.count {
            let final = folder + "/" + parts.whole[parts.named].path
            guard rename(final + ".partial", final) == 0 else { throw ExportError.output("rename", final, errno) }
            parts.named += 1
        }
    }

    /// After a failure: what has its final name already loses it again.
    func takeNamesBack() {
        while parts.named > 0 {
            parts.named -= 1
            let final = folder + "/" + parts.whole[parts.named].path
            rename(final, final + ".partial")
        }
    }

    private func beginPart() throws {
        let digits = String(parts.whole.count), number = String(repeating: "0", count: max(0, 5 - digits.count)) + digits
        parts.open = .init(path: "\(parts.path)/part-\(number).ndjson\(form.suffix)", rows: 0, bytes: 0, sha256: "")
        hash = HashQueue.FileHash()
        started = 0
        if parts.whole.isEmpty { try FolderMaker.make(folder + "/" + parts.path) }
        try open(flags: O_WRONLY | O_CREAT | O_TRUNC)
    }

    private var place: String { folder + "/" + (parts.open?.path ?? parts.path) + ".partial" }

    private func open(flags: Int32) throws {
        descriptor = Foundation.open(place, flags | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw ExportError.output("write", place, errno) }
    }

    /// The hash of what the open part holds, where that was begun by another.
    private func hashOfWritten() throws -> HashQueue.FileHash {
        var hash = SHA256()
        do {
            let source = try FileSource(path: place), slab = Slab()
            var left = partBytes
            while left > 0 {
                slab.reset()
                let count = try source.read(into: .init(rebasing: slab.room.prefix(left)))
                guard count > 0 else { throw ExportError(.outputFailed, why: "\(place) is shorter than what was written to it") }
                hash.update(bufferPointer: .init(start: slab.base, count: count))
                left -= count
            }
        } catch let failure as SystemFailure { throw ExportError.output(failure.operation, place, failure.code) }
        return HashQueue.FileHash(hash)
    }
}

/// What part files look like under a compression.
struct OutputForm {
    let suffix: String
    /// What a file without rows holds: nothing, or a compressed nothing.
    let emptiness: Data

    init(_ compression: ConversionOptions.Compression) {
        let nothing = UnsafeRawBufferPointer(start: nil, count: 0)
        (suffix, emptiness) = switch compression {
        case .none: ("", Data())
        case .gzip: (".gz", GzipCompressor().member(nothing))
        case .zstd: (".zst", ZstdCompressor().frame(nothing))
        }
    }
}

extension ExportError {
    /// Writes all of `bytes`; `place` names the descriptor in the error.
    static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32, _ place: String) throws {
        do { try Descriptor.write(bytes, to: descriptor, path: place) } catch { throw output(error.operation, place, error.code) }
    }

    /// A failure of writing, by its `errno`.
    static func output(_ operation: String, _ place: String, _ code: Int32) -> ExportError {
        let why = "cannot \(operation) \(place): \(String(cString: strerror(code)))"
        switch code {
        case ENOSPC, EDQUOT: return ExportError(.diskFull, why: why, advice: "make room, and run it again with --resume")
        case EPIPE: return ExportError(.readerGone, why: why)
        default: return ExportError(.outputFailed, why: why)
        }
    }
}
