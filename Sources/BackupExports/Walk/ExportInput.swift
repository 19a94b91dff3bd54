import BackupArchives
import BackupBytes
import Foundation

/// Where an export comes from.
public enum ExportInput: Sendable {
    /// A file or a folder.
    case path(String)
    /// An object of a store, or the objects below a prefix.
    case stored(any StoredFiles)
    /// A stream, which is read once.
    case stream(StreamInput)

    /// A stream, with a name for messages and for the table of a single file.
    public static func source(_ source: sending any ByteSource, name: String) -> ExportInput {
        .stream(StreamInput(source, name: name))
    }

    /// What it is called in messages and in the manifest.
    public var name: String {
        switch self {
        case .path(let path): path
        case .stored(let files): files.name
        case .stream(let stream): stream.name
        }
    }

    var isFolder: Bool {
        if case .stored(let files) = self, case .folder = files.contents { return true }
        guard case .path(let path) = self else { return false }
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
    }

    /// Whether it can be read a second time.
    var isSeekable: Bool { isFolder || length != nil && !isStream }

    /// Whether another process can read it once more, or resume reading it.
    var isResumable: Bool {
        switch self {
        case .path, .stored: isSeekable
        case .stream(let stream): stream.restartable != nil
        }
    }

    /// Bytes of the input as it lies, where known. A named pipe is not opened to ask: its writer would find it closed.
    var length: Int? {
        switch self {
        case .stream(let stream): return stream.length
        case .stored(let files):
            if case .file(let file) = files.contents { return file.size }
            return nil
        case .path(let path):
            var status = stat()
            guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
            return Int(status.st_size)
        }
    }

    /// Where reading the input itself can resume, at or before `offset`; nil: only at its beginning.
    func resumePoint(upTo offset: Int) -> SourceResumePoint? {
        switch self {
        case .path, .stored: isSeekable && !isFolder ? SourceResumePoint(offset: offset) : nil
        case .stream(let stream): stream.restartable?.resumePoint(upTo: offset)
        }
    }

    /// The file that an earlier walk was in, from its resume point on, and what follows; nil where it had met all.
    func entries(
        at point: WalkResumePoint, limits: UnpackingLimits, counter: ByteCounter, watch: InputWatch?,
        copy: ArchiveCopy?, readsAhead: ReadAhead.Driver, resumeFolder: String
    ) throws -> (Unpacking?, Entry?) {
        guard let at = point.unpacking else {
            counter.noteBytesPassedBy(point.bytesBefore - counter.count)
            return (nil, nil)
        }
        guard let shortcut = at.shortcut, let start = point.source,
            let source = try stream(from: start, counter, watch, copy)
        else {
            let unpacking = try entries(
                limits: limits, counter: counter, watch: watch, copy: copy, readsAhead: readsAhead,
                resumeFolder: resumeFolder)
            let entry = try unpacking.resume(at: at) {
                if isFolder { counter.noteBytesPassedBy(point.bytesBefore - counter.count) }
            }
            return (unpacking, entry)
        }
        counter.add(start.offset)
        return try Unpacking.resume(
            at: at, by: shortcut, source, from: start.offset, name: entryName, limits: limits, readsAhead: readsAhead,
            resumeFolder: resumeFolder)
    }

    /// A stream that begins at the resume point; nil where it begins at the beginning.
    private func stream(
        from start: SourceResumePoint, _ counter: ByteCounter, _ watch: InputWatch?, _ copy: ArchiveCopy?
    ) throws -> (any ByteSource)? {
        switch self {
        case .path(let path):
            let file = try FileSource(path: path)
            watch?.note(file)
            guard file.isSeekable else {
                try file.seek(to: start.offset)
                return CountedSource(file, counter)
            }
            let counted = CountedFile(file, counter)
            try counted.seek(to: start.offset)
            return counted
        case .stored(let files):
            guard case .file(let file) = files.contents else { return nil }
            let counted = CountedFile(try files.open(file), counter)
            try counted.seek(to: start.offset)
            return counted
        case .stream(let stream):
            guard let source = stream.restartable, source.start > 0 else { return nil }
            guard source.start == start.offset else {
                throw ExportError(
                    .unreadable, entry: name,
                    why: "it is given from byte \(source.start) on, and byte \(start.offset) is next")
            }
            let counted = CountedSource(try stream.claim(), counter)
            return CopiedSource(counted, into: copy, from: start.offset)
        }
    }

    /// What a single file in it is called.
    private var entryName: String {
        switch self {
        case .path(let path): path.pathParts.last ?? "input"
        case .stored(let files): files.name.pathParts.last ?? "input"
        case .stream(let stream): stream.name
        }
    }

    private var isStream: Bool { if case .stream = self { true } else { false } }

    /// Notices when it changes; nil for a stream, and for a store, whose files cannot be others when they are read.
    var watch: InputWatch? {
        if case .path(let path) = self { InputWatch(path) } else { nil }
    }

    /// All files in it, unpacked. `counter` counts every byte read, `watch` notes every file opened.
    func entries(
        limits: UnpackingLimits, counter: ByteCounter?, watch: InputWatch? = nil, copy: ArchiveCopy? = nil,
        readsAhead: ReadAhead.Driver = .ownThread, resumeFolder: String? = nil
    ) throws -> Unpacking {
        switch self {
        case .stream(let stream):
            if let start = stream.restartable?.start, start > 0 {
                throw ExportError(
                    .unreadable, entry: name, why: "it is given from byte \(start) on, and byte 0 is next")
            }
            let source = try stream.claim()
            let counted = counter.map { CountedSource(source, $0) } ?? source
            return Unpacking(
                CopiedSource(counted, into: copy), name: name, limits: limits, readsAhead: readsAhead,
                resumeFolder: resumeFolder)
        case .stored(let files):
            let wrap = { (file: any SeekableByteSource) -> any ByteSource in
                counter.map { CountedFile(file, $0) } ?? file
            }
            switch files.contents {
            case .folder(let list):
                return Unpacking(
                    StoreReader(files, list, wrap: wrap), limits: limits, readsAhead: readsAhead,
                    resumeFolder: resumeFolder)
            case .file(let file):
                return Unpacking(
                    wrap(try files.open(file)), name: entryName, limits: limits, readsAhead: readsAhead,
                    resumeFolder: resumeFolder)
            }
        case .path(let path) where isFolder:
            let files = try DirectoryReader(root: path) { file -> any ByteSource in
                counter.map { CountedFile(file, $0) } ?? file
            }
            watch?.note(names: files.paths)
            return Unpacking(files, limits: limits, readsAhead: readsAhead, resumeFolder: resumeFolder)
        case .path(let path):
            let file = try FileSource(path: path)
            watch?.note(file)
            var source: any ByteSource = file
            if let counter {
                source =
                    file.isSeekable
                    ? CountedFile(file, counter) : CopiedSource(CountedSource(file, counter), into: copy)
            }
            return Unpacking(
                source, name: entryName, limits: limits, readsAhead: readsAhead, resumeFolder: resumeFolder)
        }
    }
}
