import ArgumentParser
import BackupExports

/// Bounds of what grows with the input.
struct LimitOptions: ParsableArguments {
    @Option(help: .init("The longest record.", valueName: "size"))
    var recordLimit: ByteCount?
    @Option(help: .init("How much may wait on disk, compressed, for its structure.", valueName: "size"))
    var spoolLimit: ByteCount?
    @Option(
        name: .customLong("spool-dir"), help: .init("Where it waits (default: the output folder).", valueName: "dir"))
    var spillFolder: String?
    @Option(help: .init("Archives and compressions inside each other, at the most.", valueName: "n"))
    var layerLimit: Int?
    @Option(help: .init("The longest structure file.", valueName: "size"))
    var structureLimit: ByteCount?
    @Option(help: .init("Columns of a table, at the most.", valueName: "n"))
    var columnLimit: Int?
    @Option(help: .init("Tables of an input, at the most.", valueName: "n"))
    var tableLimit: Int?
    @Option(help: .init("Entries of an archive, at the most.", valueName: "n"))
    var entryLimit: Int?
    @Option(help: .init("The longest path of an entry.", valueName: "size"))
    var pathLimit: ByteCount?
    @Option(help: .init("Unpacked bytes to one packed byte, at the most, beyond the first GiB.", valueName: "n"))
    var expansionLimit: Int?
    @Option(help: .init("The window of Zstandard, the dictionary of xz or 7z.", valueName: "size"))
    var windowLimit: ByteCount?
    @Option(help: .init("The longest page of a Parquet file, decompressed.", valueName: "size"))
    var pageLimit: ByteCount?

    func validate() throws { _ = try limits() }

    /// - Throws: `ValidationError`.
    func limits() throws -> ExportLimits {
        var limits = ExportLimits()
        limits.record = try Self.positive(recordLimit?.bytes, "--record-limit") ?? limits.record
        limits.columns = try Self.positive(columnLimit, "--column-limit") ?? limits.columns
        limits.structure = try Self.positive(structureLimit?.bytes, "--structure-limit") ?? limits.structure
        limits.tables = try Self.positive(tableLimit, "--table-limit") ?? limits.tables
        limits.entries = try Self.positive(entryLimit, "--entry-limit") ?? limits.entries
        limits.path = try Self.positive(pathLimit?.bytes, "--path-limit") ?? limits.path
        limits.layers = try Self.positive(layerLimit, "--layer-limit") ?? limits.layers
        limits.expansion = try Self.positive(expansionLimit, "--expansion-limit") ?? limits.expansion
        limits.window = try Self.positive(windowLimit?.bytes, "--window-limit") ?? limits.window
        limits.page = try Self.positive(pageLimit?.bytes, "--page-limit") ?? limits.page
        limits.spill = try Self.positive(spoolLimit?.bytes, "--spool-limit") ?? limits.spill
        return limits
    }

    static func positive(_ number: Int?, _ option: String) throws -> Int? {
        if let number, number <= 0 { throw ValidationError("\(option) takes a number above 0") }
        return number
    }
}
