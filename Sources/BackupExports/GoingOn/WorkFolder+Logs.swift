import BackupLake

extension WorkFolder {
    /// What one input has taught.
    struct Logs: Sendable {
        let schemas: String
        let rows: String
        let places: String
        let paths: String
        let homes: String
        /// What waits for a structure: by place, each, and the bytes.
        let queues: String
        let guests: String
        let spool: String?
    }

    func logs(ofInput number: Int) -> Logs {
        func path(_ log: String) -> String { self.path(of: "\(number).\(log)") }
        return Logs(
            schemas: path("schemas"), rows: path("rows"), places: path("places"), paths: path("paths"),
            homes: path("homes"), queues: path("queues"), guests: path("guests"),
            spool: holdsSpool ? path("spool") : nil)
    }
}
