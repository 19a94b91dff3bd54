import BackupBytes
import BackupRows
import BackupText

/// What the metadata of dumps by MySQL Shell have told so far, and which of their chunks have been met.
struct ShellDumps: Codable, Sendable {
    private var tables: [String: ShellTable] = [:]
    /// CREATE TABLE that came before the metadata of its table.
    private var declarations: [String: [UInt8]] = [:]
    private var folders: Set<String> = []
    private var finished: Set<String> = []
    private var series: [String: Chunks] = [:]

    private struct Chunks: Codable {
        var met: Set<Int> = []
        var last: Int?
        var folder: String
    }

    func table(at place: String) -> ShellTable? { tables[place] }

    /// Whether a dump lies in the folder of this place.
    func holds(place: String) -> Bool { folders.contains(Self.folder(of: place)) }

    mutating func noteDump(in folder: String) { folders.insert(folder) }
    mutating func noteEnd(in folder: String) { finished.insert(folder) }

    /// The metadata of a table.
    /// - Returns: its CREATE TABLE, where that has been met.
    mutating func note(_ table: ShellTable, at place: String) -> [UInt8]? {
        tables[place] = table
        folders.insert(Self.folder(of: place))
        return declarations.removeValue(forKey: place)
    }

    /// A CREATE TABLE whose metadata has not been met.
    mutating func keep(_ declaration: [UInt8], at place: String) { declarations[place] = declaration }

    mutating func note(_ part: ShellPart) {
        guard let chunk = part.chunk else { return }
        var chunks = series[part.series] ?? Chunks(folder: Self.folder(of: part.place))
        chunks.met.insert(chunk)
        if part.isLast { chunks.last = chunk }
        series[part.series] = chunks
    }

    private static func folder(of place: String) -> String { place.pathParts.dropLast().joined(separator: "/") }

    /// What lacks, now that all has been met: whether its tool had finished, and why the dump is not whole.
    func gaps() -> [(isFinished: Bool, why: String)] {
        var gaps: [(Bool, String)] = []
        for (name, chunks) in series.sorted(by: { $0.key < $1.key }) where folders.contains(chunks.folder) {
            let isFinished = finished.contains(chunks.folder)
            if let missing = (0 ..< (chunks.met.max() ?? 0)).first(where: { !chunks.met.contains($0) }) {
                gaps.append((isFinished, "chunk \(missing) of \(name) is missing"))
            } else if chunks.last == nil {
                gaps.append((isFinished, "the last chunk of \(name) is missing"))
            }
        }
        for folder in folders.subtracting(finished).sorted() {
            let place = folder.isEmpty ? "" : folder + "/"
            gaps.append((false, "the dump by MySQL Shell has no \(place)@.done.json: it was not finished"))
        }
        return gaps
    }
}
