import Foundation

/// What a path leads to, the same for every spelling: through links, and by device and inode where it is there already.
struct PathTarget {
    struct Key: Hashable {
        var device: UInt
        var inode: UInt
        /// Names below it that are not there yet.
        var missing: [String] = []
    }

    /// Without links; what is not there yet by its name in a folder that is.
    let path: String
    let key: Key?
    private let status: stat?

    init(_ path: String) {
        var status = stat()
        self.status = stat(path, &status) == 0 ? status : nil
        self.path = Self.resolved(path, depth: 0)
        key = self.status.map(Self.key(of:)) ?? Self.keyOfMissing(self.path)
    }

    init(descriptor: Int32) {
        var status = stat()
        self.status = fstat(descriptor, &status) == 0 ? status : nil
        path = ""
        key = self.status.map(Self.key(of:))
    }

    var isFolder: Bool { status.map { $0.st_mode & S_IFMT == S_IFDIR } ?? false }
    /// A terminal, /dev/null: any number may write there.
    var isDevice: Bool { status.map { $0.st_mode & S_IFMT == S_IFCHR } ?? false }
    var hasOtherNames: Bool { status.map { $0.st_mode & S_IFMT == S_IFREG && $0.st_nlink > 1 } ?? false }

    func isSame(_ other: PathTarget) -> Bool { !isDevice && key != nil && key == other.key }

    /// The names that lead from a folder to it; nil: it lies elsewhere.
    func names(below folder: PathTarget) -> [String]? {
        guard let wanted = folder.key, !path.isEmpty else { return nil }
        var names: [String] = [], rest = path
        while let slash = rest.lastIndex(of: "/") {
            names.insert(String(rest[rest.index(after: slash)...]), at: 0)
            rest = String(rest[..<slash])
            if PathTarget(rest.isEmpty ? "/" : rest).key == wanted { return names }
        }
        return nil
    }

    /// Whether it is another name of a file in this folder.
    func isLinked(below folder: PathTarget) -> Bool {
        guard hasOtherNames, folder.isFolder, let files = FileManager.default.enumerator(atPath: folder.path) else {
            return false
        }
        for case let name as String in files {
            var status = stat()
            if lstat(folder.path + "/" + name, &status) == 0, Self.key(of: status) == key { return true }
        }
        return false
    }

    private static func key(of status: stat) -> Key { Key(device: UInt(status.st_dev), inode: UInt(status.st_ino)) }

    private static func keyOfMissing(_ path: String) -> Key? {
        var names: [String] = [], rest = path
        while let slash = rest.lastIndex(of: "/") {
            names.insert(String(rest[rest.index(after: slash)...]), at: 0)
            rest = String(rest[..<slash])
            var status = stat()
            if stat(rest.isEmpty ? "/" : rest, &status) == 0 {
                var key = key(of: status)
                key.missing = names
                return key
            }
        }
        return nil
    }

    /// Follows a link that leads nowhere yet, too.
    private static func resolved(_ path: String, depth: Int) -> String {
        if let real = realpath(path, nil) {
            defer { free(real) }
            return String(cString: real)
        }
        var path = path
        while path.count > 1 && path.hasSuffix("/") { path.removeLast() }
        guard depth < 40, !path.isEmpty, path != "/" else { return path }
        let slash = path.lastIndex(of: "/"), name = slash.map { String(path[path.index(after: $0)...]) } ?? path
        let folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        if let target = try? FileManager.default.destinationOfSymbolicLink(atPath: path) {
            return resolved(target.hasPrefix("/") ? target : folder + "/" + target, depth: depth + 1)
        }
        let above = resolved(folder, depth: depth + 1)
        return above == "/" ? "/" + name : above + "/" + name
    }
}
