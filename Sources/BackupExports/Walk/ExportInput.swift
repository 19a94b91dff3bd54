import BackupArchives
import BackupBytes
import Foundation

/// Where an export comes from.
public enum ExportInput: Sendable {
    /// A file or a folder.
    case path(String)
    /// A stream, with a name for messages and for the table of a single file.
    case source(any ByteSource, name: String)

    /// What it is called in messages and in the manifest.
    public var name: String {
        switch self {
        case .path(let path): path
        case .source(_, let name): name
        }
    }

    var isFolder: Bool {
        guard case .path(let path) = self else { return false }
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
    }

    /// Whether it can be read a second time.
    var isSeekable: Bool { isFolder || length != nil && isPath }

    /// Bytes of the input as it lies, where known. A named pipe is not opened to ask: its writer would find it closed.
    var length: Int? {
        switch self {
        case .source(let source, _): return source.length
        case .path(let path):
            var status = stat()
            guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
            return Int(status.st_size)
        }
    }

    private var isPath: Bool { if case .path = self { true } else { false } }

    /// All files in it, unpacked. `count` is told of every byte read.
    func entries(limits: UnpackingLimits, counter: ByteCounter?) throws -> Unpacking {
        switch self {
        case .source(let source, let name):
            return Unpacking(counter.map { CountedSource(source, $0) } ?? source, name: name, limits: limits)
        case .path(let path) where isFolder:
            let files = try DirectoryReader(root: path) { file -> any ByteSource in
                if let counter { CountedFile(file, counter) } else { file }
            }
            return Unpacking(files, limits: limits)
        case .path(let path):
            let file = try FileSource(path: path)
            var source: any ByteSource = file
            if let counter { source = file.isSeekable ? CountedFile(file, counter) : CountedSource(file, counter) }
            return Unpacking(source, name: String(path.split(separator: "/").last ?? "input"), limits: limits)
        }
    }
}
