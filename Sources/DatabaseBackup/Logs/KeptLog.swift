import AlibabaCloudCore
import Foundation

/// A log that an earlier run has fetched: it is read again and compared with the list, not trusted.
struct KeptLog {
    let listed: ListedObject
    /// Where the log would be written; a tar of it has `.tar` at the end.
    let path: String

    /// - Returns: nil when there is no such file.
    /// - Throws: `CloudError` of kind `outputExists` when there is another file of that name.
    func report() throws(CloudError) -> FetchReport? {
        for path in [path, path + ".tar"] where access(path, F_OK) == 0 {
            let start = ContinuousClock.now
            let descriptor = open(path, O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else { throw PartialFile.failure(location: path) }
            defer { close(descriptor) }
            let file = FileBytes(descriptor: descriptor, path: path)
            let size = file.size
            let sum = try file.checksum(from: 0, to: size)
            guard listed.size != nil || listed.checksum != nil,
                try listed.describes(file, size: size, sum: sum, entry: file.tarEntry(of: size))
            else {
                throw CloudError(
                    .outputExists,
                    "a file with \(size) bytes and the checksum \(sum.value) is there, the service lists \(listed)",
                    location: path, advice: "Remove it, or name another folder.")
            }
            return FetchReport(
                path: path, bytes: size, fetched: 0, connections: 0, checksum: sum.value,
                verification: listed.checksum == nil ? .size : .checksum, firstByte: nil, duration: .now - start)
        }
        return nil
    }
}
