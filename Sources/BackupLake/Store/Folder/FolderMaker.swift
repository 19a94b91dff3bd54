import Foundation

enum FolderMaker {
    /// Makes a folder and those above it; one that is there already is fine.
    static func make(_ path: String) throws {
        if mkdir(path, 0o755) == 0 { return }
        switch errno {
        case EEXIST:
            var status = stat()
            guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
                throw LakeError.output("make the folder", path, ENOTDIR)
            }
        case ENOENT:
            let above = path.enclosingFolder
            guard !above.isEmpty, above != path else { throw LakeError.output("make the folder", path, ENOENT) }
            try make(above)
            guard mkdir(path, 0o755) == 0 || errno == EEXIST else {
                throw LakeError.output("make the folder", path, errno)
            }
        case let code: throw LakeError.output("make the folder", path, code)
        }
    }
}

extension String {
    /// The path before the last slash; empty where there is none. (Foundation's deletingLastPathComponent traps on one
    /// character.)
    var enclosingFolder: String { lastIndex(of: "/").map { String(self[..<$0]) } ?? "" }
}
