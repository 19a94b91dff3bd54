import BackupBytes
import Crypto
import Foundation

/// What an unfinished output folder says about the run that left it: enough to refuse a resume that would mix two
/// outputs.
struct RunRecord: Codable, Equatable {
    static let name = ".sluice.run"

    var version = SluiceVersion.current
    /// Digest of all options that shape the output.
    var options: String
    /// The inputs with their sizes and times.
    var inputs: [String]

    init(_ export: BackupExport, _ conversion: ConversionOptions, _ files: FolderSink.Options) {
        var shaping = export.options
        shaping.spoolFolder = nil
        let rejects =
            switch conversion.rejects {
            case .fail: "fail"
            case .file(let path, _): SideFile.canBeResumed(path) ? "file" : "stream"
            }
        let text = "\(shaping)|\(conversion.compression)|\(files.partSize ?? 0)|\(files.commitsTables)|\(rejects)"
        options = Hex.text(SHA256.hash(data: Data(text.utf8)))
        inputs = export.inputs.map(\.identity)
    }

    /// Why a run that began as `earlier` cannot be gone on with by this one; nil where it can.
    func difference(from earlier: RunRecord) -> String? {
        if earlier.version != version { return "it was begun by version \(earlier.version)" }
        if earlier.inputs != inputs { return "its input was another one, or has changed" }
        return earlier.options == options ? nil : "it was begun with other options"
    }

    /// nil: there is none that can be read.
    static func read(in folder: OutputDirectory) throws -> RunRecord? {
        guard let data = try folder.contents(of: name) else { return nil }
        return try? JSONDecoder().decode(RunRecord.self, from: data)
    }

    func write(in folder: OutputDirectory) throws {
        let file = DurableFile(Self.name, in: folder)
        try file.write(JSONLine.encode(self))
        try file.giveFinalName()
    }

    static func remove(in folder: OutputDirectory) throws { try DurableFile(name, in: folder).remove() }
}

extension ExportInput {
    /// A change of it is a change of the input: the name, and for files size and time; for a folder those of each file
    /// in it.
    fileprivate var identity: String {
        if case .source(let source, let name) = self {
            return [name, (source as? any RestartableByteSource)?.identity].compactMap(\.self).joined(separator: "|")
        }
        guard case .path(let path) = self else { return name }
        if isFolder { return "\(path)|\(InputWatch(path).digest)" }
        return FileIdentity(path: path).map { "\(path)|\($0.text)" } ?? path
    }
}
