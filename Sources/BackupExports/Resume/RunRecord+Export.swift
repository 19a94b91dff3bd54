import BackupBytes
import BackupLake
import Crypto
import Foundation

extension RunRecord {
    init(
        _ export: BackupExport, _ conversion: ConversionOptions, _ files: FolderSink.Options, _ given: GivenTables
    ) throws {
        let options = try ShapingOptions(export.options, conversion, files).text
        self.init(
            options: Hex.text(SHA256.hash(data: Data(options.utf8))), inputs: export.inputs.map(\.identity),
            structures: try given.digest())
    }
}

extension ExportInput {
    /// A change of it is a change of the input: the name, and for files size and time; for a folder those of each file
    /// in it.
    fileprivate var identity: String {
        if case .stream(let stream) = self {
            return [name, stream.restartable?.identity].compactMap(\.self).joined(separator: "|")
        }
        if case .stored(let files) = self { return "\(name)|\(files.identity)" }
        guard case .path(let path) = self else { return name }
        if isFolder { return "\(path)|\(InputWatch(path).digest)" }
        return FileIdentity(path: path).map { "\(path)|\($0.text)" } ?? path
    }
}
