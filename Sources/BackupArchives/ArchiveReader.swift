import BackupBytes
import CLibarchive
import Foundation

/// Walks a tar, zip or 7z with libarchive. Nothing is ever extracted to disk.
@safe package final class ArchiveReader: PackedEntrySequence {
    private let archive: OpaquePointer
    private let feed: ArchiveFeed
    private let format: ContentKind
    private let container: String
    private var isAtEnd = false
    private var generation = 0
    private var lastPath = ""
    /// Offset of the archive's own stream in which it stands: another than 0 where a tar is resumed.
    private let streamOffset: Int
    /// Where the current entry lies in a tar; nil where that is not known, or holes lie in it.
    private(set) var tarEntry: TarEntryResumePoint?
    /// What a zip that can be sought says of itself.
    private var directory: ZipDirectory?
    private var entries = 0
    private let windowLimit: Int
    /// How much of an entry may still come out whose dictionary libarchive does not report: no more of that is used.
    private var windowLeft: Int?

    private static let locale: Void = { _ = unsafe setlocale(LC_CTYPE, "C.UTF-8") }()
    private let names: ArchiveNames

    /// Reads `source`, whose first bytes say that it is `format`. `container` names it in messages. `streamOffset`:
    /// bytes of the archive that lie before what `source` gives. `windowLimit`: `UnpackingLimits.window`.
    package init(
        _ source: any ByteSource, format: ContentKind, container: String, entryLimit: Int, streamOffset: Int = 0,
        windowLimit: Int = UnpackingLimits().window
    ) throws {
        _ = Self.locale
        self.windowLimit = windowLimit
        self.streamOffset = streamOffset
        self.format = format
        self.container = container
        feed = ArchiveFeed(source, format: format, from: streamOffset)
        unsafe archive = unsafe archive_read_new()
        var sevenZipNames: [String] = []
        switch format {
        case .tar: unsafe archive_read_support_format_tar(archive)
        case .zip:
            unsafe archive_read_support_format_zip_streamable(archive)
            if feed.isSeekable {
                directory = try feed.readZipDirectory(entryLimit: entryLimit)
                unsafe archive_read_support_format_zip_seekable(archive)
            }
        default:
            sevenZipNames = try feed.checkSevenZip(windowLimit: windowLimit)
            unsafe archive_read_support_format_7zip(archive)
        }
        names = ArchiveNames(format: format, sevenZip: sevenZipNames)
        unsafe archive_read_set_options(archive, "tar:read_concatenated_archives")
        let context = unsafe Unmanaged.passUnretained(feed).toOpaque()
        unsafe archive_read_set_callback_data(archive, context)
        unsafe archive_read_set_read_callback(archive) { _, context, bytes in
            unsafe Unmanaged<ArchiveFeed>.fromOpaque(context!).takeUnretainedValue().read(bytes!)
        }
        if feed.isSeekable {
            unsafe archive_read_set_skip_callback(archive) { _, context, count in
                unsafe Unmanaged<ArchiveFeed>.fromOpaque(context!).takeUnretainedValue().skip(count)
            }
            unsafe archive_read_set_seek_callback(archive) { _, context, offset, whence in
                unsafe Unmanaged<ArchiveFeed>.fromOpaque(context!).takeUnretainedValue().seek(offset, whence)
            }
        }
        if unsafe archive_read_open1(archive) != ARCHIVE_OK { throw fault() }
    }

    deinit { unsafe archive_read_free(archive) }

    fileprivate var canceller: (any ReadCanceller)? { feed.canceller }

    func next() throws -> PackedEntry? {
        guard !isAtEnd else { return nil }
        generation += 1
        var header: OpaquePointer?
        let result = names.reading { unsafe archive_read_next_header(archive, &header) }
        if result == ARCHIVE_EOF {
            isAtEnd = true
            try verifyEnd()
            return nil
        }
        guard result == ARCHIVE_OK || result == ARCHIVE_WARN, let header = unsafe header else { throw fault() }
        let path = unsafe try names.path(of: header, in: feed, dataAt: Int(archive_filter_bytes(archive, 0)))
        lastPath = path.printable
        entries += 1
        tarEntry = unsafe resumePoint(of: header)
        windowLeft = hasUntoldDictionary ? windowLimit : nil
        // Names in no encoding are read as they are. Other warnings are of records that contradict each other.
        if result == ARCHIVE_WARN && !(complaint ?? "").contains("be converted") { throw fault() }
        return PackedEntry(
            path: path, origin: "\(container)!\(lastPath)", content: try unsafe content(of: header, path: path))
    }

    private func content(of header: OpaquePointer, path: String) throws -> PackedEntry.Content {
        if unsafe archive_entry_hardlink(header) != nil { return .refused(why: "a link") }
        switch unsafe archive_entry_filetype(header) {
        case FileType.link: return .refused(why: "a link")
        case FileType.directory: return .refused(why: "")
        case FileType.regular, 0: break
        default: return .refused(why: "a device or other special file")
        }
        if path.hasPrefix("/") { return .refused(why: "an absolute path") }
        if path.pathParts.contains("..") { return .refused(why: "a path that leads out of the archive") }
        if unsafe archive_entry_is_encrypted(header) != 0 { throw ArchiveFault.encrypted }
        return .file(EntrySource(self, generation: generation))
    }

    /// A zip's entry by a method with a dictionary, of which libarchive only gives the name: “ZIP 6.3 (lzma)”.
    private var hasUntoldDictionary: Bool {
        guard format == .zip, let name = unsafe archive_format_name(archive).map({ unsafe String(cString: $0) }) else {
            return false
        }
        return ["(lzma)", "(xz)", "(ppmd"].contains(where: name.contains)
    }

    /// After a header libarchive stands at the entry's first byte.
    private func resumePoint(of header: OpaquePointer) -> TarEntryResumePoint? {
        guard format == .tar, unsafe archive_entry_sparse_count(header) == 0,
            unsafe archive_entry_size_is_set(header) != 0
        else { return nil }
        return unsafe TarEntryResumePoint(
            start: streamOffset + Int(archive_filter_bytes(archive, 0)), size: Int(archive_entry_size(header)))
    }

    /// libarchive's AE_IF… (which are macros that Swift does not see).
    private enum FileType {
        static let link: UInt32 = 0o120000, directory: UInt32 = 0o040000, regular: UInt32 = 0o100000
    }

    /// Reads bytes of the current entry; sparse holes come out as zeros.
    fileprivate func read(into buffer: UnsafeMutableRawBufferPointer, generation: Int) throws -> Int {
        guard generation == self.generation else { return 0 }
        let count = unsafe archive_read_data(archive, buffer.baseAddress, buffer.count)
        // A warning on data is a wrong checksum: promoted to an error.
        guard count >= 0 else { throw fault() }
        if let left = windowLeft {
            if count > left { throw ArchiveFault.overLimit(.window, windowLimit) }
            windowLeft = left - count
        }
        return count
    }

    /// A tar ends with zero blocks, a zip with its directory; what follows must be read too, since it carries
    /// checksums.
    private func verifyEnd() throws {
        try feed.drain()
        if format == .tar && feed.trailingZeros < 512 {
            throw ArchiveFault.truncated(format: "tar", offset: feed.offset)
        }
        guard format == .zip else { return }
        guard let directory = feed.isSeekable ? directory : feed.zipDirectory else {
            throw ArchiveFault.truncated(format: "zip", offset: feed.offset)
        }
        // libarchive skips what is no entry, and one of two at the same offset.
        if directory.entries != entries && directory.countsEntries {
            throw ArchiveFault.damaged(
                format: "zip", why: "its directory says \(directory.entries) entries, and \(entries) are there",
                offset: feed.offset)
        }
    }

    /// What libarchive says is wrong.
    private var complaint: String? { unsafe archive_error_string(archive).map { unsafe String(cString: $0).printable } }

    private func fault() -> any Error {
        if let error = feed.failure { return error }
        let why = complaint ?? "unreadable"
        if why.lowercased().contains("encrypt") || why.lowercased().contains("passphrase") {
            return ArchiveFault.encrypted
        }
        if why.lowercased().contains("truncated") {
            return ArchiveFault.truncated(format: format.rawValue, offset: feed.offset)
        }
        let location = lastPath.isEmpty ? "" : " (at or after \(lastPath))"
        return ArchiveFault.damaged(format: format.rawValue, why: why + location, offset: feed.offset)
    }
}

/// The current entry of an archive as a source; at its end as soon as the archive moves on.
private final class EntrySource: ByteSource {
    private let reader: ArchiveReader
    private let generation: Int

    init(_ reader: ArchiveReader, generation: Int) {
        self.reader = reader
        self.generation = generation
    }

    var length: Int? { nil }
    var canceller: (any ReadCanceller)? { reader.canceller }
    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        try unsafe reader.read(into: buffer, generation: generation)
    }
}
