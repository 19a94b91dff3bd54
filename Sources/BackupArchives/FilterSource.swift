import BackupBytes
import CLibarchive

/// Undoes bzip2 and lz4 with libarchive: rare here, so a library does it.
@safe package final class FilterSource: ByteSource {
    private let archive: OpaquePointer
    private let feed: ArchiveFeed
    private let format: ContentKind
    private var isVerified = false

    package init(_ source: any ByteSource, format: ContentKind) throws {
        self.format = format
        feed = ArchiveFeed(source, format: format)
        unsafe archive = unsafe archive_read_new()
        unsafe archive_read_support_filter_bzip2(archive)
        unsafe archive_read_support_filter_lz4(archive)
        unsafe archive_read_support_format_raw(archive)
        unsafe archive_read_set_callback_data(archive, Unmanaged.passUnretained(feed).toOpaque())
        unsafe archive_read_set_read_callback(archive) { _, context, bytes in
            unsafe Unmanaged<ArchiveFeed>.fromOpaque(context!).takeUnretainedValue().read(bytes!)
        }
        var header: OpaquePointer?
        guard unsafe archive_read_open1(archive) == ARCHIVE_OK,
            unsafe archive_read_next_header(archive, &header) == ARCHIVE_OK
        else { throw fault() }
        // Too short for libarchive to know it again: it would come out as it is.
        guard layers > 0 else { throw ArchiveFault.truncated(format: format.rawValue, offset: feed.offset) }
    }

    deinit { unsafe archive_read_free(archive) }

    /// libarchive undoes what lies inside as well, where it is of these formats.
    var layers: Int { unsafe Int(archive_filter_count(archive)) - 1 }

    package var length: Int? { nil }
    package var canceller: (any ReadCanceller)? { feed.canceller }

    package func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        let count = unsafe archive_read_data(archive, buffer.baseAddress, buffer.count)
        guard count >= 0 else { throw fault() }
        if count == 0 { try verifyEnd() }
        return count
    }

    /// libarchive ends at the first thing that is not its format; that must be the end of the bytes.
    private func verifyEnd() throws {
        guard !isVerified else { return }
        isVerified = true
        let taken = unsafe Int(archive_filter_bytes(archive, -1))
        try feed.drain()
        if taken < feed.offset - feed.trailingZeros {
            throw ArchiveFault.damaged(
                format: format.rawValue,
                why: "something that is not \(format.rawValue) follows (half a download with another appended?)",
                offset: taken)
        }
    }

    private func fault() -> any Error {
        if let error = feed.failure { return error }
        let why = unsafe archive_error_string(archive).map { unsafe String(cString: $0).printable } ?? "unreadable"
        if why.lowercased().contains("truncated") {
            return ArchiveFault.truncated(format: format.rawValue, offset: feed.offset)
        }
        return ArchiveFault.damaged(format: format.rawValue, why: why, offset: feed.offset)
    }
}
