import BackupArchives
import BackupBytes
import BackupChanges
import BackupLake
import BackupParquet
import BackupRows
import BackupText
import Foundation

/// What went wrong, where, why, and what to do.
public struct ExportError: Error, CustomStringConvertible, Sendable {
    /// An open set: new codes may come.
    public struct Code: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
        /// The name of the code, such as `limit-exceeded`.
        public let rawValue: String
        /// Makes a code of a name; codes may be added in later versions.
        public init(rawValue: String) { self.rawValue = rawValue }
        /// The name of the code.
        public var description: String { rawValue }

        /// The input cannot be opened or read.
        public static let unreadable = Code(rawValue: "unreadable")
        /// The input is known to be something that is not converted.
        public static let notConvertible = Code(rawValue: "not-convertible")
        /// SQL whose family nothing shows, or which shows signs of both.
        public static let unknownDialect = Code(rawValue: "unknown-dialect")
        /// There are no tables in it.
        public static let noTables = Code(rawValue: "no-tables")
        /// Bytes contradict their format or end too early.
        public static let damaged = Code(rawValue: "damaged")
        /// A row that cannot be converted exactly.
        public static let badRow = Code(rawValue: "bad-row")
        /// A value that is not what a program asked for.
        public static let badValue = Code(rawValue: "bad-value")
        /// More rows were rejected than allowed.
        public static let tooManyRejects = Code(rawValue: "too-many-rejects")
        /// A statement that is not known, of another database, or whose effect on rows cannot be followed.
        public static let badStatement = Code(rawValue: "bad-statement")
        /// A structure, a header or a set of names that contradicts itself.
        public static let badStructure = Code(rawValue: "bad-structure")
        /// A limit with a name was passed.
        public static let overLimit = Code(rawValue: "over-limit")
        /// The output is there already or cannot be made.
        public static let outputExists = Code(rawValue: "output-exists")
        /// There is no output: no manifest that a run has written.
        public static let noOutput = Code(rawValue: "no-output")
        /// The output is not what its manifest says.
        public static let outputDamaged = Code(rawValue: "output-damaged")
        /// The output cannot be written.
        public static let outputFailed = Code(rawValue: "output-failed")
        /// No space left.
        public static let diskFull = Code(rawValue: "disk-full")
        /// The reader of the output has gone (a closed pipe).
        public static let readerGone = Code(rawValue: "reader-gone")
        /// An option has a value that cannot be used, or two contradict each other.
        public static let badOption = Code(rawValue: "bad-option")
        /// The input changed while it was read: what was made of it is nothing that ever lay there.
        public static let inputChanged = Code(rawValue: "input-changed")
        /// A stream, a table or its rows were asked for a second time, too late, or by two tasks at once.
        public static let outOfTurn = Code(rawValue: "out-of-turn")
        /// The system gives no more threads, descriptors or memory. Later it may.
        public static let noResources = Code(rawValue: "no-resources")
    }

    /// What to branch on.
    public var code: Code
    /// The entry of the archive, or the file.
    public var entry: String?
    /// The table, where one is concerned.
    public var table: TableName?
    /// Counted from 1 in its entry.
    public var row: Int?
    /// The name of the column, where one is concerned.
    public var column: String?
    /// In the entry, uncompressed; for damaged archives in the packed bytes.
    public var offset: Int?
    /// The setting whose value cannot be used, where that is what is wrong: `why` says the rest.
    public var setting: Remedy.Setting?
    /// What is wrong, in one line.
    public var why: String
    /// What to do about it.
    public var remedy: Remedy?

    /// Makes an error; what is not known stays nil.
    public init(
        _ code: Code, entry: String? = nil, table: TableName? = nil, row: Int? = nil, column: String? = nil,
        offset: Int? = nil, setting: Remedy.Setting? = nil, why: String, remedy: Remedy? = nil
    ) {
        self.code = code
        self.entry = entry
        self.table = table
        self.row = row
        self.column = column
        self.offset = offset
        self.setting = setting
        self.why = why
        self.remedy = remedy
    }

    /// One line: `backup.tar.gz!shop/orders/data/1.csv: table shop.orders, row 17, column total, byte 4711: not a
    /// number “x”; see values.types text`.
    public var description: String { text(naming: \.rawValue) }

    /// The same, with each setting as `name` calls it.
    public func text(naming name: (Remedy.Setting) -> String) -> String {
        let reason = (setting.map { name($0) + " " } ?? "") + why.printable
        let location = [
            table.map { "table \("\($0)".printable)" }, row.map { "row \($0)" },
            column.map { "column \($0.printable)" }, offset.map { "byte \($0)" },
        ].compactMap { $0 }.joined(separator: ", ")
        let parts = [entry?.printable, location.isEmpty ? nil : location, reason].compactMap { $0 }.joined(
            separator: ": ")
        return parts + (remedy.map { "; \($0.text(naming: name))" } ?? "")
    }
}

extension ExportError {
    /// What `body` gives; what it throws comes in its public form.
    static func wrapping<Result>(_ body: () throws -> Result) throws -> Result {
        do { return try body() } catch { throw wrap(error, entry: nil) }
    }

    /// The public form of what a room below threw.
    static func wrap(_ error: any Error, entry: String?, table: TableName? = nil) -> any Error {
        switch error {
        case let error as LakeError: return ExportError(error)
        case let fault as ArchiveFault: return archive(fault, entry: entry)
        case let error as CocoaError:
            guard let failure = SystemFailure(error) else { return error }
            return wrap(failure, entry: entry, table: table)
        case let failure as SystemFailure where failure.isShortage:
            return ExportError(.shortage(failure.description))
        case let failure as SystemFailure where failure.operation == "write":
            return ExportError(.output("write", failure.path, failure.code))
        case let failure as SystemFailure:
            return ExportError(
                .unreadable, entry: entry == failure.path ? nil : entry, table: table, why: failure.description)
        case let fault as RowFault:
            guard let table else { return error }
            return ExportError(fault, entry: entry ?? "", table: table)
        case let long as RecordTooLong:
            return ExportError(
                .overLimit, entry: entry, table: table, offset: long.offset,
                why: "a record is longer than \(long.limit) bytes",
                remedy: "a quote that never closes? see \(.quote), \(.recordLimit)")
        case let many as TooManyColumns:
            return ExportError(
                .overLimit, entry: entry, table: table, why: "a row has more than \(many.limit) columns",
                remedy: "another separator? see \(.delimiter), \(.columnLimit)")
        case let error as JSONRowsError: return ExportError(error, entry: entry, table: table)
        case let ends as LineEnds.Ambiguous:
            return ExportError(
                .badRow, entry: entry, table: table, offset: ends.offset,
                why: "nothing shows whether lines end with LF, CR LF or CR", remedy: "see \(.lineEnd)")
        case let unresolved as NoSchemaSelected:
            return ExportError(
                .badStructure, entry: entry, table: unresolved.name,
                why: "a name without a schema while the search_path is empty, which PostgreSQL refuses",
                remedy: "name the schema, or set the search_path in the file")
        case let text as UndecodableText:
            return ExportError(
                .badRow, entry: entry, table: table, offset: text.offset, why: "bytes that are not \(text.charset)",
                remedy: "see \(.encoding)")
        case let statement as StatementError:
            return ExportError(
                .badStatement, entry: entry, table: statement.table, offset: statement.offset, why: statement.why,
                remedy: statement.remedy)
        case let charset as UnknownCharset:
            let owner = charset.family.map { $0 == .mysql ? "MySQL" : "PostgreSQL" }
            return ExportError(
                .badStructure, entry: entry, table: table, column: charset.column,
                why:
                    "the charset “\(charset.name)” is not \(owner.map { "one of \($0)'s" } ?? "known"), so that its "
                    + "text cannot be read",
                remedy: "write the name of another into the file, or see \(.encoding)")
        case let error as ChangeError: return ExportError(error, entry: entry, table: table)
        case let error as ParquetError:
            let (code, remedy): (Code, Remedy?) =
                switch error.kind {
                case .damaged: (.damaged, "fetch or write it again")
                case .unsupported: (.notConvertible, nil)
                case .overLimit:
                    switch error.limit {
                    case .page?: (.overLimit, "see \(.pageLimit)")
                    case .columns?: (.overLimit, "see \(.columnLimit)")
                    case .expansion?: (.overLimit, "see \(.expansionLimit)")
                    case .spill?: (.overLimit, "see \(.spillLimit)")
                    case nil: (.overLimit, nil)
                    }
                }
            return ExportError(
                code, entry: entry, table: table, column: error.column, offset: error.offset, why: error.why,
                remedy: remedy)
        case is RecordDamaged:
            var damaged = ExportError(.damagedNotes)
            damaged.entry = entry
            return damaged
        default: return error
        }
    }

    private static func archive(_ fault: ArchiveFault, entry: String?) -> ExportError {
        switch fault {
        case .damaged(let format, let why, let offset):
            ExportError(
                .damaged, entry: entry, offset: offset, why: "damaged \(format): \(why)", remedy: "fetch it again")
        case .truncated(let format, let offset):
            ExportError(
                .damaged, entry: entry, offset: offset, why: "the \(format) data ends too early",
                remedy: "the download was cut: resume or fetch it again")
        case .notAnExport(let kind): ExportError(.notConvertible, entry: entry, why: "this is \(kind.explanation)")
        case .encrypted:
            ExportError(
                .notConvertible, entry: entry, why: "it is encrypted", remedy: "unpack it with its password first")
        case .overLimit(let bound, let limit): overLimit(bound, limit, entry)
        case .needsFile(let format):
            ExportError(
                .notConvertible, entry: entry, why: "\(format) cannot be read from a pipe",
                remedy: "save it to a file first")
        }
    }

    private static func overLimit(_ bound: ArchiveFault.Bound, _ limit: Int, _ entry: String?) -> ExportError {
        let (why, remedy): (String, Remedy) =
            switch bound {
            case .layers: ("more than \(limit) archives and compressions inside each other", "see \(.layerLimit)")
            case .entries: ("it has more than \(limit) entries", "see \(.entryLimit)")
            case .path: ("an entry has a path of more than \(limit) bytes", "see \(.pathLimit)")
            case .expansion:
                (
                    "every packed byte unpacks to more than \(limit): layers in layers, or holes, and no export",
                    "see \(.expansionLimit)"
                )
            case .window:
                (
                    "unpacking it needs more than \(limit) bytes of memory for a window, or dictionary",
                    "see \(.windowLimit)"
                )
            }
        return ExportError(.overLimit, entry: entry, why: why, remedy: remedy)
    }

    /// Rows of a table whose columns cannot be known.
    init(unreadable table: TableName, _ why: String, entry: String) {
        self.init(
            .badStructure, entry: entry, table: table, why: "its CREATE TABLE cannot be read: \(why)",
            remedy: "see \(.types, "text")")
    }

    init(_ fault: RowFault, entry: String, table: TableName) {
        let why = fault.detail.isEmpty ? fault.code.reason : "\(fault.code.reason): \(fault.detail)"
        self.init(
            .badRow, entry: entry, table: table, row: fault.row, column: fault.column, offset: fault.offset, why: why,
            remedy: fault.code.remedy)
    }

    /// What went wrong where lines go.
    public init(_ error: LakeError) {
        self.init(
            Code(rawValue: error.code.rawValue), table: error.table, why: error.why, remedy: error.remedy)
    }
}
