import Foundation
import Logging

/// The libraries' notes on standard error, for `-v`.
struct StandardErrorLog: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level = .info

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let details = (event.metadata ?? [:]).sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
        FileHandle.standardError.write(Data("sluice: \(event.message)\(details)\n".utf8))
    }

    static func logger(isVerbose: Bool) -> Logger {
        Logger(label: "sluice") { _ in StandardErrorLog(logLevel: isVerbose ? .debug : .critical) }
    }
}
