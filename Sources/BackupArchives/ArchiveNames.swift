import CLibarchive
import Foundation

/// The names of entries, byte for byte. libarchive brings a name that is said to be UTF-8 or UTF-16 into normal form C,
/// and so would make one of two names that only Unicode takes for the same.
///
///     tar   no normal form is made where the locale cannot hold the name: then its bytes are given, with a warning
///     zip   the local header, which ends where the entry's bytes begin, has the name
///     7z    the archive's header has all names
@safe final class ArchiveNames {
    private let format: ContentKind
    /// As they are written, by what Swift takes for the same.
    private var sevenZip: [String: ArraySlice<String>] = [:]

    /// A locale that holds nothing but ASCII.
    private let plain: locale_t?

    /// `sevenZip`: the names in a 7z, in order.
    init(format: ContentKind, sevenZip: [String]) {
        self.format = format
        unsafe plain = unsafe format == .tar ? newlocale(1 << LC_CTYPE, "C", nil) : nil
        for name in sevenZip where !name.utf8.allSatisfy({ $0 < 0x80 }) {
            self.sevenZip[name, default: []].append(name)
        }
    }

    deinit { if let plain = unsafe plain { unsafe freelocale(plain) } }

    /// What reads a header, so that a tar's names are left alone.
    func reading<Result>(_ body: () -> Result) -> Result {
        guard let plain = unsafe plain else { return body() }
        let before = unsafe uselocale(plain)
        defer { _ = unsafe uselocale(before) }
        return body()
    }

    /// The name as UTF-8; bytes that are none are percent-encoded, so that no two names become one.
    func path(of header: OpaquePointer, in feed: ArchiveFeed, dataAt offset: Int) throws -> String {
        let name = unsafe Self.name(of: header, isBytes: format == .tar)
        if let name, name.utf8.allSatisfy({ $0 < 0x80 }) { return name }
        switch format {
        case .zip:
            guard let bytes = try feed.zipName(before: offset) else { return name ?? "" }
            let written = Self.text(bytes)
            return name == nil || written == name ? written : name ?? ""
        case .tar: return name ?? ""
        default:
            guard let name, let written = sevenZip[name]?.popFirst() else { return name ?? "" }
            return written
        }
    }

    private static func name(of header: OpaquePointer, isBytes: Bool) -> String? {
        if !isBytes, let name = unsafe archive_entry_pathname_utf8(header) { return unsafe String(cString: name) }
        guard let name = unsafe archive_entry_pathname(header) else { return nil }
        return text(unsafe UnsafeBufferPointer(start: name, count: strlen(name)).map { UInt8(bitPattern: $0) })
    }

    private static func text(_ bytes: [UInt8]) -> String {
        String(validating: bytes, as: UTF8.self)
            ?? bytes.map { $0 < 0x80 ? String(UnicodeScalar($0)) : String(format: "%%%02X", $0) }.joined()
    }
}
