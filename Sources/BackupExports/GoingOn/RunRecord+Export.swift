import BackupBytes
import BackupLake
import Crypto
import Foundation

extension RunRecord {
    init(_ export: BackupExport, _ conversion: ConversionOptions, _ files: FolderSink.Options) {
        var shaping = export.options
        shaping.spoolFolder = nil
        let rejects =
            switch conversion.rejects {
            case .fail: "fail"
            case .file(let path, _): SideFile.canBeResumed(path) ? "file" : "stream"
            }
        let text = "\(shaping)|\(conversion.compression)|\(files.partSize ?? 0)|\(files.commitsTables)|\(rejects)"
        let options = Hex.text(SHA256.hash(data: Data(text.utf8)))
        self.init(options: options, inputs: export.inputs.map(\.identity))
    }
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
