import Foundation

/// `.sluice.work` in the output folder: what a run has to remember so that another can go on with it. Gone when the run is complete.
struct WorkFolder: Sendable {
    static let name = ".sluice.work"
    let path: String
    private let spoolsElsewhere: Bool

    /// `spoolsElsewhere`: the user has a folder for what waits, which keeps nothing when the process ends.
    init(in folder: String, spoolsElsewhere: Bool = false) {
        path = folder + "/" + Self.name
        self.spoolsElsewhere = spoolsElsewhere
    }

    var checkpoint: String { path + "/checkpoint" }
    var hasCheckpoint: Bool { FileManager.default.fileExists(atPath: checkpoint) }
    var tables: String { path + "/tables" }
    var outputs: String { path + "/outputs" }

    /// What one input has taught.
    struct Logs: Sendable {
        let schemas: String
        let rows: String
        let places: String
        let paths: String
        /// What waits for a structure: by place, each, and the bytes.
        let queues: String
        let guests: String
        let spool: String?
    }

    func logs(ofInput number: Int) -> Logs {
        let path = "\(path)/\(number)."
        return Logs(schemas: path + "schemas", rows: path + "rows", places: path + "places", paths: path + "paths",
            queues: path + "queues", guests: path + "guests", spool: spoolsElsewhere ? nil : path + "spool")
    }

    func make() throws {
        guard mkdir(path, 0o755) == 0 || errno == EEXIST else { throw ExportError.output("make", path, errno) }
    }

    func remove() {
        for file in (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [] { unlink(path + "/" + file) }
        rmdir(path)
    }
}
