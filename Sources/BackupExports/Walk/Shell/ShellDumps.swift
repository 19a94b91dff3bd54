import BackupBytes
import BackupRows
import BackupText

/// What the metadata of dumps by MySQL Shell have shown so far, and which of their chunks have been met.
struct ShellDumps: Codable, Sendable {
    private var tables: [String: ShellTable] = [:]
    /// CREATE TABLE that came before the metadata of its table.
    private var declarations: [String: [UInt8]] = [:]
    private var folders: Set<String> = []
    /// Folders whose dump has begun, by its `@.json`, and ended, by its `@.done.json`.
    private var begun: Set<String> = []
    private var finished: Set<String> = []
    /// By the table, or its partition: the chunks that have been met, and those that `@.done.json` lists.
    private var met: [String: ShellChunks] = [:]
    private var listed: [String: ShellChunks] = [:]

    func table(at location: String) -> ShellTable? { tables[location] }

    /// Whether a dump lies in the folder of this location.
    func holds(location: String) -> Bool { folders.contains(Self.folder(of: location)) }

    mutating func noteDump(in folder: String) {
        folders.insert(folder)
        begun.insert(folder)
    }

    /// `files`: the names of its files of rows; older versions list none.
    mutating func noteEnd(in folder: String, files: some Sequence<String>) {
        finished.insert(folder)
        for file in files {
            guard let part = ShellPart(path: folder.isEmpty ? file : "\(folder)/\(file)") else { continue }
            listed[part.series, default: ShellChunks(location: part.location)].add(part)
        }
    }

    /// The metadata of a table.
    /// - Returns: its CREATE TABLE, where that has been met.
    mutating func note(_ table: ShellTable, at location: String) -> [UInt8]? {
        tables[location] = table
        folders.insert(Self.folder(of: location))
        return declarations.removeValue(forKey: location)
    }

    /// A CREATE TABLE whose metadata has not been met.
    mutating func keep(_ declaration: [UInt8], at location: String) { declarations[location] = declaration }

    mutating func note(_ part: ShellPart) {
        met[part.series, default: ShellChunks(location: part.location)].add(part)
    }

    private static func folder(of location: String) -> String { location.pathParts.dropLast().joined(separator: "/") }

    // MARK: What lacks

    /// What lacks, now that all has been met, of the tables that are wanted. `isLost`: rows of them are missing, or
    /// whole tables may be; else nothing shows it.
    func gaps(_ wants: (TableName) -> Bool) -> [(isLost: Bool, why: String)] {
        var gaps = missingRows(wants).map { (true, $0) }
        for folder in folders.subtracting(finished).sorted() {
            let location = folder.isEmpty ? "" : folder + "/"
            gaps.append(
                (begun.contains(folder), "the dump by MySQL Shell has no \(location)@.done.json: it was not finished"))
        }
        return gaps
    }

    private func missingRows(_ wants: (TableName) -> Bool) -> [String] {
        var missing: [String] = []
        for (series, chunks) in met.sorted(by: { $0.key < $1.key }) where isOfDump(chunks, wants) {
            if let why = chunks.gap(inParts: tables[chunks.location]?.partitions ?? []) {
                missing.append("\(why) of \(series) is missing")
            }
        }
        for (series, chunks) in listed.sorted(by: { $0.key < $1.key }) where isOfDump(chunks, wants) {
            if let why = chunks.gap(besides: met[series]) { missing.append("\(why) of \(series) is missing") }
        }
        for (location, table) in tables.sorted(by: { $0.key < $1.key })
        where table.includesData != false && wants(table.name) {
            for partition in table.partitions where !hasRows(ofPartition: partition, at: location) {
                missing.append("the partition \(Self.folder(of: location, beside: partition)) is missing")
            }
        }
        return missing
    }

    private func isOfDump(_ chunks: ShellChunks, _ wants: (TableName) -> Bool) -> Bool {
        guard folders.contains(Self.folder(of: chunks.location)) else { return false }
        return tables[chunks.location].map { wants($0.name) } ?? true
    }

    /// `partition`: the name of its files, `shop@orders@p0`.
    private func hasRows(ofPartition partition: String, at location: String) -> Bool {
        if met[Self.folder(of: location, beside: partition)] != nil { return true }
        guard let number = partition.split(separator: "@").last.flatMap({ Int($0) }) else { return false }
        return met[location]?.numbers.contains(number) == true
    }

    private static func folder(of location: String, beside name: String) -> String {
        (location.pathParts.dropLast() + [name]).joined(separator: "/")
    }
}

/// The files of rows of one table, or of one of its partitions.
private struct ShellChunks: Codable {
    /// Where the metadata of the table lies.
    let location: String
    /// One file has all rows.
    private var isWhole = false
    private(set) var numbers: Set<Int> = []
    private var last: Int?

    init(location: String) { self.location = location }

    mutating func add(_ part: ShellPart) {
        guard let chunk = part.chunk else {
            isWhole = true
            return
        }
        numbers.insert(chunk)
        if part.isLast { last = chunk }
    }

    /// By the numbers alone. `partitions`: a partition may have a number for its name, and is no chunk then.
    func gap(inParts partitions: [String]) -> String? {
        guard !isWhole else { return nil }
        let name = location.pathParts.last ?? "", names = Set(partitions)
        let chunks = numbers.filter { !names.contains("\(name)@\($0)") }
        guard let most = chunks.max() else { return nil }
        if let missing = (0 ..< most).first(where: { !chunks.contains($0) }) { return "chunk \(missing)" }
        return last == nil ? "the last chunk" : nil
    }

    /// By what was met of those that are listed here.
    func gap(besides met: ShellChunks?) -> String? {
        if isWhole && met?.isWhole != true { return "the file" }
        return numbers.subtracting(met?.numbers ?? []).min().map { "chunk \($0)" }
    }
}
