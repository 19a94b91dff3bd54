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
    var isSeekable: Bool {
        guard case .path(let path) = self else { return false }
        return isFolder || (try? FileSource(path: path))?.isSeekable == true
    }

    /// Whether another process can read it once more, or go on with it.
    var canBeGoneOnWith: Bool {
        switch self {
        case .path: isSeekable
        case .source(let source, _): source is any RestartableByteSource
        }
    }

    /// Bytes of the input as it lies, where known.
    var length: Int? {
        switch self {
        case .source(let source, _): source.length
        case .path(let path): isFolder ? nil : (try? FileSource(path: path))?.length
        }
    }

    /// Where the input itself can be gone on with, at or before `offset`; nil: only from its beginning.
    func place(upTo offset: Int) -> SourcePlace? {
        switch self {
        case .path: isSeekable && !isFolder ? SourcePlace(offset: offset) : nil
        case .source(let source, _): (source as? any RestartableByteSource)?.place(upTo: offset)
        }
    }

    /// The file that an earlier walk was in, from its place on, and what follows.
    func entries(at place: WalkPlace, layerLimit: Int, counter: ByteCounter) throws -> (Unpacking, Entry) {
        guard let shortcut = place.unpacking.shortcut, let start = place.source, let source = try stream(from: start, counter) else {
            let unpacking = try entries(layerLimit: layerLimit, counter: counter, keepsPlaces: true)
            let entry = try unpacking.goOn(at: place.unpacking) {
                if isFolder { counter.noteBytesPassedBy(place.bytesBefore - counter.count) }
            }
            return (unpacking, entry)
        }
        counter.add(start.offset)
        return try Unpacking.goOn(at: place.unpacking, by: shortcut, source, from: start.offset, name: entryName, layerLimit: layerLimit)
    }

    /// A stream that begins at the place; nil where it begins at the beginning.
    private func stream(from start: SourcePlace, _ counter: ByteCounter) throws -> (any ByteSource)? {
        switch self {
        case .path(let path):
            let file = try FileSource(path: path)
            try file.seek(to: start.offset)
            return CountedSource(file, counter)
        case .source(let source, _):
            guard let source = source as? any RestartableByteSource, source.start > 0 else { return nil }
            guard source.start == start.offset else {
                throw ExportError(.unreadable, entry: name, why: "it is given from byte \(source.start) on, and byte \(start.offset) is next")
            }
            return CountedSource(source, counter)
        }
    }

    /// What a single file in it is called.
    private var entryName: String {
        switch self {
        case .path(let path): String(path.split(separator: "/").last ?? "input")
        case .source(_, let name): name
        }
    }

    /// All files in it, unpacked. `count` is told of every byte read.
    func entries(layerLimit: Int, counter: ByteCounter?, keepsPlaces: Bool = false) throws -> Unpacking {
        switch self {
        case .source(let source, let name):
            return Unpacking(counter.map { CountedSource(source, $0) } ?? source, name: name, layerLimit: layerLimit, keepsPlaces: keepsPlaces)
        case .path(let path) where isFolder:
            let files = try DirectoryReader(root: path) { file -> any ByteSource in
                if let counter { CountedFile(file, counter) } else { file }
            }
            return Unpacking(files, layerLimit: layerLimit, keepsPlaces: keepsPlaces)
        case .path(let path):
            let file = try FileSource(path: path)
            var source: any ByteSource = file
            if let counter { source = file.isSeekable ? CountedFile(file, counter) : CountedSource(file, counter) }
            return Unpacking(source, name: entryName, layerLimit: layerLimit, keepsPlaces: keepsPlaces)
        }
    }
}
