import BackupExports
import DatabaseBackup
import Foundation

/// A download task as people and programs read it.
struct TaskText {
    let task: DownloadTask

    var json: String {
        JSONObject([
            "task": .text(task.id.description), "state": .text(task.state.word), "format": .text(task.format?.word),
            "target": .text(task.target), "progress": .text(task.progress?.description),
            "backup_set": .text(task.backupSet),
            "created": .text(task.created?.formatted(.iso8601)), "export_bytes": .number(task.exportBytes),
            "import_bytes": .number(task.importBytes), "region": .text(task.region),
        ]).line
    }

    /// A field a line.
    var lines: String {
        let fields: [(String, String?)] = [
            ("task", task.id.description), ("state", task.state.word), ("format", task.format?.word),
            ("target", [task.target, task.targetPath].compactMap { $0 }.joined(separator: " ")),
            ("progress", task.progress.map { "\($0) tables" }), ("backup set", task.backupSet),
            ("data of", task.backupTime?.formatted(.iso8601)), ("created", task.created?.formatted(.iso8601)),
            ("written", task.exportBytes.map { Amount.bytes(Int($0)) }),
            ("read", task.importBytes.map { Amount.bytes(Int($0)) }),
            ("region", task.region), ("databases", task.databases), ("reason", task.reason),
        ]
        return fields.compactMap { name, value in
            value.flatMap { $0.isEmpty ? nil : Self.padded(name, to: 12) + $0.printable }
        }.joined(separator: "\n")
    }

    static let header = row(["TASK", "STATE", "FORMAT", "PROGRESS", "BACKUP SET", "CREATED", "SIZE"])

    var row: String {
        Self.row([
            task.id.description, task.state.word, task.format?.word ?? "-", task.progress?.description ?? "-",
            task.backupSet ?? "-", task.created?.formatted(.iso8601) ?? "-",
            task.exportBytes.map { Amount.bytes(Int($0)) } ?? "-",
        ])
    }

    /// What `wait` shows.
    var progress: String {
        let tables = task.progress.map { "  \($0) tables" } ?? ""
        return "\(task.id)  \(task.state.word)\(tables)"
    }

    private static func row(_ cells: [String]) -> String {
        zip(cells, [20, 13, 16, 10, 14, 21, 0]).map { padded($0.printable, to: $1) }.joined(separator: " ")
    }

    private static func padded(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}
