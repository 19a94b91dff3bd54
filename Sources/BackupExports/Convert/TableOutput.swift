import BackupArchives
import BackupTables
import Crypto
import Foundation

/// The part files of one table.
final class TableOutput {
    private let folder: String
    private let path: String
    private let suffix: String
    /// What a file without rows holds: nothing, or a compressed nothing.
    private let emptiness: Data
    private var descriptor: Int32 = -1
    private var part: Part?
    /// Parts that are whole, by their final names.
    private(set) var files: [ConversionReport.File] = []
    private var named = 0

    private struct Part {
        var path: String
        var rows = 0
        var bytes = 0
        var hash = SHA256()
    }

    init(folder: String, path: String, compression: ConversionOptions.Compression) {
        self.folder = folder
        self.path = path
        let nothing = UnsafeRawBufferPointer(start: nil, count: 0)
        (suffix, emptiness) = switch compression {
        case .none: ("", Data())
        case .gzip: (".gz", GzipCompressor().member(nothing))
        case .zstd: (".zst", ZstdCompressor().frame(nothing))
        }
    }

    var partBytes: Int { part?.bytes ?? 0 }

    func write(_ lines: UnsafeRawBufferPointer, rows: Int) throws {
        if part == nil { try beginPart() }
        if descriptor < 0 { try open(flags: O_WRONLY | O_APPEND) }
        try writeAll(lines)
        part?.rows += rows
        part?.bytes += lines.count
        part?.hash.update(bufferPointer: lines)
    }

    /// Closes the file for now; a later write opens it again.
    func suspend() {
        if descriptor >= 0 { close(descriptor) }
        descriptor = -1
    }

    func endPart(makingAtLeastOne: Bool = false) throws {
        if part == nil && makingAtLeastOne && files.isEmpty { try emptiness.withUnsafeBytes { try write($0, rows: 0) } }
        guard let part else { return }
        suspend()
        files.append(.init(
            path: part.path, rows: part.rows, bytes: part.bytes, sha256: Hex.text(part.hash.finalize())))
        self.part = nil
    }

    func giveFinalNames() throws {
        while named < files.count {
            let final = folder + "/" + files[named].path
            guard rename(final + ".partial", final) == 0 else { throw failure("rename", final) }
            named += 1
        }
    }

    /// After a failure: what has its final name already loses it again.
    func takeNamesBack() {
        while named > 0 {
            named -= 1
            let final = folder + "/" + files[named].path
            rename(final, final + ".partial")
        }
    }

    func abandon() { suspend() }

    private func beginPart() throws {
        let number = String(format: "%05d", files.count)
        part = Part(path: "\(path)/part-\(number).ndjson\(suffix)")
        if files.isEmpty { try FolderMaker.make(folder + "/" + path) }
        try open(flags: O_WRONLY | O_CREAT | O_TRUNC)
    }

    private func open(flags: Int32) throws {
        let place = folder + "/" + (part?.path ?? path) + ".partial"
        descriptor = Foundation.open(place, flags | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw failure("write", place) }
    }

    private func writeAll(_ bytes: UnsafeRawBufferPointer) throws {
        var written = 0
        while written < bytes.count {
            let count = Foundation.write(descriptor, bytes.baseAddress! + written, bytes.count - written)
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw failure("write", folder + "/" + (part?.path ?? path)) }
            written += count
        }
    }

    private func failure(_ operation: String, _ place: String) -> ExportError { .output(operation, place, errno) }
}

extension ExportError {
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
