import BackupLake

extension WorkFolder {
    /// What one input has taught.
    struct Logs: Sendable {
        let schemas: String
        let rows: String
        let locations: String
        let paths: String
        let homes: String
        /// What waits for a structure: the queue of each location, the items, and their bytes, compressed again or in a
        /// copy of the archive.
        let queues: String
        let items: String
        let spill: String?
        let copy: String?
    }

    func logs(ofInput number: Int) -> Logs {
        func path(_ log: String) -> String { self.path(of: "\(number).\(log)") }
        return Logs(
            schemas: path("schemas"), rows: path("rows"), locations: path("locations"), paths: path("paths"),
            homes: path("homes"), queues: path("queues"), items: path("items"),
            spill: holdsSpillFile ? path("spill") : nil, copy: holdsSpillFile ? path("copy") : nil)
    }
}
