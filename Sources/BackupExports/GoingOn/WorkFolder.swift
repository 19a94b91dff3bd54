import Foundation

/// `.sluice.work` in the output folder: what a run has to remember so that another can go on with it. Gone when the run is complete.
struct WorkFolder: Sendable {
    static let name = ".sluice.work"
    let path: String

    init(in folder: String) { path = folder + "/" + Self.name }

    var checkpoint: String { path + "/checkpoint" }
    var tables: String { path + "/tables" }
    var outputs: String { path + "/outputs" }

    /// What one input has taught.
    struct Logs: Sendable {
        let schemas: String
        let rows: String
        let places: String
        let paths: String
    }

    func logs(ofInput number: Int) -> Logs {
        let path = "\(path)/\(number)."
        return Logs(schemas: path + "schemas", rows: path + "rows", places: path + "places", paths: path + "paths")
    }

    func make() throws {
        guard mkdir(path, 0o755) == 0 || errno == EEXIST else { throw ExportError.output("make", path, errno) }
    }

    func remove() {
        for file in (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [] { unlink(path + "/" + file) }
        rmdir(path)
    }
}
