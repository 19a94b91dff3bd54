import BackupBytes
import Foundation

/// An unpacked export: the regular files below a folder, in the order of their paths. Links in it are not followed.
package final class DirectoryReader: FolderSequence {
    private let root: String
    /// Of everything below the folder, sorted.
    package let paths: [String]
    private var position = 0
    private let wrap: (FileSource) -> any ByteSource
    let bytesMet = ByteCounter()

    /// `wrap` is given every file that is opened.
    package init(root: String, wrap: @escaping (FileSource) -> any ByteSource = { $0 }) throws {
        self.root = root
        self.wrap = wrap
        var paths: [String] = []
        try FolderListing.each(below: root) { paths.append($0) }
        paths.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        self.paths = paths
    }

    func next() throws -> PackedEntry? {
        guard position < paths.count else { return nil }
        defer { position += 1 }
        let path = paths[position], fullPath = root + "/" + path
        return PackedEntry(path: path, origin: fullPath, content: try content(at: fullPath))
    }

    private func content(at fullPath: String) throws -> PackedEntry.Content {
        var status = stat()
        guard unsafe lstat(fullPath, &status) == 0 else {
            throw SystemFailure(operation: "read", path: fullPath, code: errno)
        }
        switch status.st_mode & S_IFMT {
        case S_IFREG:
            bytesMet.add(Int(status.st_size))
            return .file(wrap(try FileSource(path: fullPath)))
        case S_IFDIR: return .refused(why: "")
        case S_IFLNK: return .refused(why: "a link")
        default: return .refused(why: "a device or other special file")
        }
    }
}
