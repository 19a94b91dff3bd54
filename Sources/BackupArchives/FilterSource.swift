import BackupBytes
import CLibarchive

/// Undoes xz, bzip2 and lz4 with libarchive: rare here, so a library does it.
package final class FilterSource: ByteSource, @unchecked Sendable {
    private let archive: OpaquePointer
    private let feed: ArchiveFeed
    private let format: ContentKind

    package init(_ source: any ByteSource, format: ContentKind) throws {
        self.format = format
        feed = ArchiveFeed(source, format: format)
        archive = archive_read_new()
        archive_read_support_filter_xz(archive)
        archive_read_support_filter_bzip2(archive)
        archive_read_support_filter_lz4(archive)
        archive_read_support_format_raw(archive)
        archive_read_set_callback_data(archive, Unmanaged.passUnretained(feed).toOpaque())
        archive_read_set_read_callback(archive) { _, context, bytes in
            Unmanaged<ArchiveFeed>.fromOpaque(context!).takeUnretainedValue().read(bytes!)
        }
        var header: OpaquePointer?
        guard archive_read_open1(archive) == ARCHIVE_OK, archive_read_next_header(archive, &header) == ARCHIVE_OK else { throw fault() }
    }

    deinit { archive_read_free(archive) }

    package var length: Int? { nil }
    package func cancel() { feed.cancel() }

    package func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        let count = archive_read_data(archive, buffer.baseAddress, buffer.count)
        guard count >= 0 else { throw fault() }
        return count
    }

    private func fault() -> any Error {
        if let error = feed.failure { return error }
        let why = archive_error_string(archive).map { String(cString: $0) } ?? "unreadable"
        if why.lowercased().contains("truncated") { return ArchiveFault.truncated(format: format.rawValue, offset: feed.offset) }
        return ArchiveFault.damaged(format: format.rawValue, why: why, offset: feed.offset)
    }
}
