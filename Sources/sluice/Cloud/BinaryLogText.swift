import DatabaseBackup
import Foundation

/// A log of an instance as people and programs read it.
struct BinaryLogText {
    let log: BinaryLog

    /// What is known of the log before its file.
    var origin: JSONObject {
        JSONObject([
            "log": .text(log.name), "instance": .text(log.instance), "host": .text(log.host),
            "state": .text(log.state.word), "begin": .text(log.begin?.formatted(.iso8601)),
            "end": .text(log.end?.formatted(.iso8601)),
        ])
    }

    var json: String {
        origin.adding(
            JSONObject([
                "bytes": .number(log.size), "crc64": .text(log.checksum.map { String($0) }),
                "link_expires": .text(log.link.expires?.formatted(.iso8601)),
            ])
        ).line
    }

    static let header = row(["LOG", "HOST", "BEGIN", "END", "STATE", "SIZE"])

    var row: String {
        Self.row([
            log.name, log.host.isEmpty ? "-" : log.host, log.begin?.formatted(.iso8601) ?? "-",
            log.end?.formatted(.iso8601) ?? "-", log.state.word, log.size.map { Amount.bytes(Int($0)) } ?? "-",
        ])
    }

    private static func row(_ cells: [String]) -> String {
        zip(cells, [24, 12, 21, 21, 10, 0]).map { cell, width in
            let text = cell.printable
            return text + String(repeating: " ", count: max(0, width - text.count))
        }.joined(separator: " ")
    }
}
