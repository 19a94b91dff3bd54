import Logging

/// The libraries' notes among the command's own, for `-v`.
struct StandardErrorLog: LogHandler {
    let console: Console
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level = .info

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let details = (event.metadata ?? [:]).sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
        console.note("sluice: \(event.message)\(details)")
    }

    static func logger(_ console: Console) -> Logger {
        Logger(label: "sluice") { _ in
            StandardErrorLog(console: console, logLevel: console.isVerbose ? .debug : .critical)
        }
    }
}
