import BackupBytes
import Foundation

/// What lies below a folder. What cannot be listed is an error: a table may lie there.
package enum FolderListing {
    /// Calls `body` with the path of everything below `root`, relative to it, in no order. Links are not followed,
    /// except `root` itself.
    package static func each(below root: String, _ body: (String) throws -> Void) throws {
        var folders = [""]
        while let folder = folders.popLast() {
            let path = folder.isEmpty ? root : root + "/" + folder
            guard let listing = unsafe opendir(path) else {
                throw SystemFailure(operation: "read", path: path, code: errno)
            }
            defer { unsafe closedir(listing) }
            while let entry = try unsafe next(of: listing, path) {
                let path = folder.isEmpty ? entry.name : folder + "/" + entry.name
                if try isFolder(root + "/" + path, entry.type) { folders.append(path) }
                try body(path)
            }
        }
    }

    #if canImport(Glibc)
        private typealias Listing = OpaquePointer
    #else
        private typealias Listing = UnsafeMutablePointer<DIR>
    #endif

    private static func next(of listing: Listing, _ path: String) throws -> (name: String, type: UInt8)? {
        while true {
            errno = 0
            guard let entry = unsafe readdir(listing) else {
                if errno != 0 { throw SystemFailure(operation: "read", path: path, code: errno) }
                return nil
            }
            let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) {
                unsafe String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != "." && name != ".." { return unsafe (name, entry.pointee.d_type) }
        }
    }

    private static func isFolder(_ path: String, _ type: UInt8) throws -> Bool {
        if type != UInt8(DT_UNKNOWN) { return type == UInt8(DT_DIR) }
        var status = stat()
        guard unsafe lstat(path, &status) == 0 else {
            throw SystemFailure(operation: "read", path: path, code: errno)
        }
        return status.st_mode & S_IFMT == S_IFDIR
    }
}
