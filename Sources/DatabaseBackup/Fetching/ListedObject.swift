import AlibabaCloudCore
import ObjectStores

/// What a list of the service says of an object in the store.
///
/// The object of a binary log's link is the log, or a tar that holds it. Which of the two the list describes is not
/// documented, so it may be either, as long as size and checksum agree.
struct ListedObject: Sendable, Hashable, CustomStringConvertible {
    /// Bytes.
    let size: Int64?
    /// CRC-64/XZ.
    let checksum: UInt64?

    /// How much longer than a file a tar of it may be: headers, padding, end blocks.
    private static let mostPadding: Int64 = 64 << 10

    var description: String {
        "\(size.map { "\($0)" } ?? "no number of") bytes" + (checksum.map { " and the checksum \($0)" } ?? "")
    }

    /// Refuses before anything is fetched what can be neither.
    func check(size found: Int64, location: String) throws(CloudError) {
        guard let size, found != size, !(size ... size + Self.mostPadding).contains(found) else { return }
        throw CloudError(
            .damaged, "the store has \(found) bytes, the service lists \(size)", location: location,
            advice: "List the logs again; if it lasts, ask the vendor's support.")
    }

    /// Whether a file is what was listed.
    ///
    /// - Parameters:
    ///   - size: bytes of the file.
    ///   - sum: its checksum.
    ///   - entry: the only entry of the file, if it is a tar.
    func describes(
        _ file: FileBytes, size found: Int64, sum: CRC64, entry: FileBytes.TarEntry?
    ) throws(CloudError) -> Bool {
        guard size == nil || size == found || size == entry?.size else { return false }
        guard let checksum, checksum != sum.value else { return true }
        guard let entry else { return false }
        return try file.checksum(from: entry.start, to: entry.start + entry.size).value == checksum
    }
}
