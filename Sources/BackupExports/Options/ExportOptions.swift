import BackupRows
import BackupText
import Foundation

/// How an export is to be read.
public struct ExportOptions: Sendable {
    /// What data files are; `auto` goes by names and first bytes.
    public enum Format: String, Sendable, CaseIterable { case auto, csv, sql, parquet, json, binlog }
    /// Whose rules hold; `auto` goes by the evidence in the input.
    public enum Dialect: String, Sendable, CaseIterable { case auto, mysql, postgresql }
    /// What becomes of SQL that is no known statement.
    public enum UnknownStatements: String, Sendable, CaseIterable { case error, skip }
    /// What becomes of a path or a table that comes twice.
    public enum Duplicates: String, Sendable, CaseIterable { case error, append }

    /// Which tables; decided before anything of them is parsed.
    public var tables = TableFilter()
    /// What data files are, if names and first bytes should not decide.
    public var format = Format.auto
    /// Whose rules hold.
    public var dialect = Dialect.auto
    /// Delimited text, where it differs from the dialect.
    public var csv = CSVOverrides()
    /// Charset of the files, where they do not say it themselves.
    public var encoding: String?
    /// What values become.
    public var values = ValueOptions()
    /// The same path twice in an archive; one table made by two dumps, or in two folders.
    public var duplicates = Duplicates.error
    /// SQL that is no statement we know: an error, or passed over and counted in a warning.
    public var unknownStatements = UnknownStatements.error
    /// Signs of a cut file (a dump without its last line) are errors.
    public var isStrict = false
    /// Binary logs.
    public var changes = ChangeEventOptions()
    /// Structures that do not lie in the input, for names and types of CSV, Parquet, JSON, SQL and binary logs: paths
    /// of trees, of dumps, of archives of them. They are read before the input. Which table a file is of, and what is
    /// refused: see <doc:Inputs>.
    public var structures: [String] = []
    /// A key under which every line first names its table.
    public var tagKey: String?
    /// Bounds of what grows with the input.
    public var limits = ExportLimits()
    /// Where data waits, compressed, whose structure comes later in the archive; nil is the system's temporary folder.
    public var spillFolder: String?

    /// The defaults.
    public init() {}

    var temporaryFolder: String { spillFolder ?? FileManager.default.temporaryDirectory.path }
}

/// Differences of delimited text from its dialect; nil leaves the dialect's own.
public struct CSVOverrides: Sendable, Hashable {
    /// The byte between fields.
    public var delimiter: UInt8?
    /// `.some(nil)`: no quoting.
    public var quote: UInt8??
    /// `.some(nil)`: no escape character.
    public var escape: UInt8??
    /// The unquoted text that means NULL.
    public var null: String?
    /// Whether the first line names the columns.
    public var hasHeader: Bool?
    /// Names of the columns, in order.
    public var columns: [String]?
    /// What ends a line; nil: what the first records end in.
    public var lineEnd: LineEnd?

    /// What ends a line.
    public enum LineEnd: String, Sendable, Hashable, CaseIterable { case lf, crlf, cr }

    /// Leaves everything to the dialect.
    public init() {}
}
