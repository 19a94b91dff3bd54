import Foundation

/// What an unfinished output folder says about the run that left it: enough to refuse a resume that would mix two
/// outputs.
package struct RunRecord: Codable, Equatable {
    static let name = ".sluice.run"

    var version = SluiceVersion.current
    /// Digest of all options that shape the output.
    var options: String
    /// The inputs with their sizes and times.
    var inputs: [String]
    /// Digest of what structures beside the inputs declare; nil: there are none.
    var structures: String?

    package init(options: String, inputs: [String], structures: String? = nil) {
        self.options = options
        self.inputs = inputs
        self.structures = structures
    }

    /// Why this run cannot resume one that began as `earlier`; nil where it can.
    func difference(from earlier: RunRecord) -> String? {
        if earlier.version != version { return "it was begun by version \(earlier.version)" }
        if earlier.inputs != inputs { return "its input was another one, or has changed" }
        if earlier.structures != structures { return "it was begun with other structures, or without" }
        return earlier.options == options ? nil : "it was begun with other options"
    }

    /// nil: there is none that can be read.
    static func read(in store: any LakeStore) throws -> RunRecord? {
        guard let data = try store.contents(of: name, limit: 1 << 30) else { return nil }
        return try? JSONDecoder().decode(RunRecord.self, from: data)
    }

    func write(in store: any LakeStore) throws {
        let file = DurableFile(Self.name, in: store)
        try file.write(JSONLine.encode(self))
        try file.giveFinalName()
    }

    static func remove(in store: any LakeStore) throws { try DurableFile(name, in: store).remove() }
}
