import BackupChanges
import Foundation
import TestSupport
import Testing

/// A session that resumes between two transactions gives what the first one would have given.
@Suite struct ResumedLogTests {
    /// A log of a fixture, its transactions many times over.
    private static func long(_ path: String, times: Int) throws -> [UInt8] {
        let bytes = try Files.bytes(Files.fixtures + "/" + path)
        var head: [UInt8] = Array(bytes[..<4]), events: [UInt8] = [], at = 4
        while at < bytes.count {
            let length = (0 ..< 4).reduce(0) { $0 | Int(bytes[at + 9 + $1]) << (8 * $1) }
            switch bytes[at + 4] {
            case 15: head += bytes[at ..< at + length]
            case 3, 4: break  // STOP and ROTATE end a log
            default: events += bytes[at ..< at + length]
            }
            at += length
        }
        return head + Array(repeating: events, count: times).joined()
    }

    @Test(arguments: [
        "36-binlog-ddl/input/mysql-bin.000026", "36-binlog-savepoints-and-xa/input/mysql-bin.000014",
        "36-binlog-statements-are-counted/input/mysql-bin.000030",
    ])
    func aSessionThatResumesGivesTheRest(path: String) throws {
        var options = ChangeOptions()
        options.skipsStatements = true
        options.folder = NSTemporaryDirectory()
        let log = (name: "mysql-bin.000030", bytes: try Self.long(path, times: 700))
        var points: [(json: Data, lines: Int)] = []
        let whole = try LogLines([log], changes: options) { point, lines in
            points.append((try JSONEncoder().encode(point), lines))
        }
        #expect(points.contains { 0 < $0.lines && $0.lines < whole.lines.count })
        for (json, lines) in points {
            let point = try JSONDecoder().decode(ChangeReader.ResumePoint.self, from: json)
            let rest = try LogLines([log], changes: options, at: point)
            #expect(rest.lines == Array(whole.lines[lines...]), "after \(lines) lines")
            // What was said before is not said again.
            #expect(Set(rest.notes).isSubset(of: whole.notes))
        }
    }
}
