import AlibabaCloudCore
import Foundation
import Synchronization

/// The file as it grows, `NAME.partial`, and its checkpoint beside it, `NAME.partial.state`; locked against a second
/// fetch.
///
/// Data is written first and the checkpoint after it, so whenever the process dies, what the checkpoint claims lies on
/// disk.
final class PartialFile: Sendable {
    let path: String
    private let finalPath: String
    private let data: Int32
    private let state: Int32
    private let checkpoint = Mutex<FetchCheckpoint?>(nil)

    /// - Throws: `CloudError` of kind `outputExists` when the final name is taken or another fetch is at work.
    init(for output: String) throws(CloudError) {
        finalPath = output
        path = output + ".partial"
        try Self.refuse(existing: output)
        data = try Self.open(path)
        state = try Self.open(path + ".state")
        guard flock(data, LOCK_EX | LOCK_NB) == 0 else {
            throw CloudError(.outputExists, "another fetch is writing it", location: path)
        }
        // Another fetch may have finished since, and what is open here may now be its result.
        try Self.refuse(existing: output)
    }

    deinit {
        close(data)
        close(state)
    }

    private static func refuse(existing path: String) throws(CloudError) {
        if access(path, F_OK) != 0 { return }
        throw CloudError(.outputExists, "the file exists", location: path, advice: "Remove it, or name another one.")
    }

    private static func open(_ path: String) throws(CloudError) -> Int32 {
        let descriptor = Foundation.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
        if descriptor >= 0 { return descriptor }
        throw failure(location: path)
    }

    /// What an earlier run left, if it is whole. A file with one range has no holes, so its length says more than its
    /// checkpoint.
    func resume() -> FetchCheckpoint? {
        guard let text = try? String(contentsOfFile: path + ".state", encoding: .utf8),
            var found = FetchCheckpoint(parsing: text)
        else { return nil }
        let length = length
        if found.ranges.count == 1 {
            found.ranges[0].next = min(found.ranges[0].end, length)
        } else if found.ranges.contains(where: { $0.next > max(length, $0.start) }) {
            return nil
        }
        checkpoint.withLock { $0 = found }
        return found
    }

    /// Forgets what is there and begins anew.
    func begin(_ fresh: FetchCheckpoint) throws(CloudError) {
        guard ftruncate(state, 0) == 0, ftruncate(data, 0) == 0 else { throw Self.failure(location: path) }
        try write(Array(fresh.text.utf8), to: state, at: 0)
        fsync(state)
        checkpoint.withLock { $0 = fresh }
    }

    /// Writes bytes that continue a range, then says so in the checkpoint. With one range the file's length says it
    /// already.
    func write(_ bytes: UnsafeRawBufferPointer, toRange index: Int, at offset: Int64) throws(CloudError) {
        try write(bytes, to: data, at: offset)
        let record = checkpoint.withLock { checkpoint -> (offset: Int, text: String)? in
            guard checkpoint?.ranges.count ?? 0 > 1 else { return nil }
            checkpoint?.ranges[index].next = offset + Int64(bytes.count)
            return checkpoint?.record(ofRange: index)
        }
        if let record { try write(Array(record.text.utf8), to: state, at: Int64(record.offset)) }
    }

    /// What lies on disk.
    var bytes: FileBytes { FileBytes(descriptor: data, path: path) }

    /// Gives the file its final name, once it is safely on disk.
    ///
    /// - Parameter suffix: what the name gets at its end.
    /// - Returns: the final name.
    func finish(suffix: String) throws(CloudError) -> String {
        let finalPath = finalPath + suffix
        // link(2), unlike rename(2), never replaces a file that has come up meanwhile.
        guard fsync(data) == 0 else { throw Self.failure(location: path) }
        if link(path, finalPath) != 0 {
            guard errno != EEXIST else { throw CloudError(.outputExists, "the file exists", location: finalPath) }
            guard rename(path, finalPath) == 0 else { throw Self.failure(location: finalPath) }
        }
        unlink(path)
        unlink(path + ".state")
        let folder = Foundation.open(finalPath.lastIndex(of: "/").map { String(finalPath[...$0]) } ?? ".", O_RDONLY)
        if folder >= 0 {
            fsync(folder)
            close(folder)
        }
        return finalPath
    }

    /// Removes what turned out to be worthless.
    func discard() {
        unlink(path)
        unlink(path + ".state")
    }

    func discardIfEmpty() {
        if isEmpty { discard() }
    }

    var isEmpty: Bool { length == 0 }

    private var length: Int64 { Int64(lseek(data, 0, SEEK_END)) }

    private func write(_ bytes: [UInt8], to file: Int32, at offset: Int64) throws(CloudError) {
        let failed = bytes.withUnsafeBytes { bytes -> CloudError? in
            do throws(CloudError) {
                try write(bytes, to: file, at: offset)
                return nil
            } catch {
                return error
            }
        }
        if let failed { throw failed }
    }

    private func write(_ bytes: UnsafeRawBufferPointer, to file: Int32, at offset: Int64) throws(CloudError) {
        var written = 0
        while written < bytes.count {
            let rest = UnsafeRawBufferPointer(rebasing: bytes[written...])
            let count = pwrite(file, rest.baseAddress, rest.count, off_t(offset) + off_t(written))
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw Self.failure(location: path) }
            written += count
        }
    }

    static func failure(location: String) -> CloudError {
        let code = errno
        if code == ENOSPC || code == EDQUOT {
            return CloudError(
                .diskFull, "the disk is full", location: location,
                advice: "Make room and run the same command again: what lies on disk is kept.")
        }
        return CloudError(.outputFailed, String(cString: strerror(code)), location: location)
    }
}
