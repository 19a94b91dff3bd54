extension Remedy {
    /// A setting that a remedy can name. An open set: later versions may add some.
    public struct Setting: RawRepresentable, Hashable, Sendable {
        /// The property of the options that holds it, such as `limits.record`.
        public let rawValue: String
        /// Makes a setting of a property's name.
        public init(rawValue: String) { self.rawValue = rawValue }

        // What is read.

        /// Which tables are read.
        public static let tables = Setting(rawValue: "tables.included")
        /// Which tables are not.
        public static let excludedTables = Setting(rawValue: "tables.excluded")
        /// What the data is.
        public static let format = Setting(rawValue: "format")
        /// Whose SQL, and whose spelling of values.
        public static let dialect = Setting(rawValue: "dialect")
        /// The charset of the input.
        public static let encoding = Setting(rawValue: "encoding")
        /// What to do where one table comes twice.
        public static let duplicates = Setting(rawValue: "duplicates")
        /// What to do with SQL that is not known.
        public static let unknownStatements = Setting(rawValue: "unknownStatements")
        /// What to do with changes that are logged as statements.
        public static let statements = Setting(rawValue: "changes.statements")
        /// The last event that is loaded already.
        public static let after = Setting(rawValue: "changes.after")
        /// Structures that do not lie in the input.
        public static let structures = Setting(rawValue: "structures")
        /// The folder for data that waits for its structure.
        public static let spillFolder = Setting(rawValue: "spillFolder")
        /// A look at the input that converts nothing.
        public static let inspection = Setting(rawValue: "inspect()")

        // How CSV is spelled.

        /// The character between two fields.
        public static let delimiter = Setting(rawValue: "csv.delimiter")
        /// The character around a field.
        public static let quote = Setting(rawValue: "csv.quote")
        /// The character before one that means itself.
        public static let escape = Setting(rawValue: "csv.escape")
        /// The text of NULL.
        public static let null = Setting(rawValue: "csv.null")
        /// Whether the first row is no header.
        public static let header = Setting(rawValue: "csv.hasHeader")
        /// The names of the columns.
        public static let columns = Setting(rawValue: "csv.columns")
        /// What ends a line.
        public static let lineEnd = Setting(rawValue: "csv.lineEnd")

        // How values are written.

        /// Whether declared types are used.
        public static let types = Setting(rawValue: "values.types")
        /// What to do with bytes that are not UTF-8.
        public static let invalidUTF8 = Setting(rawValue: "values.invalidUTF8")

        // Limits.

        /// Bytes of a record.
        public static let recordLimit = Setting(rawValue: "limits.record")
        /// Columns of a row.
        public static let columnLimit = Setting(rawValue: "limits.columns")
        /// Bytes of a structure file.
        public static let structureLimit = Setting(rawValue: "limits.structure")
        /// Tables of the input.
        public static let tableLimit = Setting(rawValue: "limits.tables")
        /// Entries of an archive.
        public static let entryLimit = Setting(rawValue: "limits.entries")
        /// Bytes of an entry's path.
        public static let pathLimit = Setting(rawValue: "limits.path")
        /// Archives and compressions inside each other.
        public static let layerLimit = Setting(rawValue: "limits.layers")
        /// Unpacked bytes for each packed one.
        public static let expansionLimit = Setting(rawValue: "limits.expansion")
        /// The longest page of a Parquet file.
        public static let pageLimit = Setting(rawValue: "limits.page")
        /// Bytes of a decompressor's window.
        public static let windowLimit = Setting(rawValue: "limits.window")
        /// Compressed bytes that wait on disk for their structure.
        public static let spillLimit = Setting(rawValue: "limits.spill")

        // How it is converted, and where to.

        /// Where rows go that cannot be converted.
        public static let rejects = Setting(rawValue: "rejects")
        /// How many of them there may be.
        public static let rejectLimit = Setting(rawValue: "rejects.limit")
        /// Threads that work.
        public static let jobs = Setting(rawValue: "jobs")
        /// The folder for the output.
        public static let output = Setting(rawValue: "to folder")
        /// The key under which each line has the name of its table.
        public static let tagKey = Setting(rawValue: "tagKey")
        /// Bytes of a part file.
        public static let partSize = Setting(rawValue: "partSize")
        /// Final names for each table as soon as it is whole.
        public static let commitsTables = Setting(rawValue: "commitsTables")
        /// Final names for all tables at the end.
        public static let commitsAtEnd = Setting(rawValue: "commitsTables = false")
        /// Replace the output that is there.
        public static let replacesOutput = Setting(rawValue: "existing = .replace")
        /// Resume the run that is there.
        public static let resumesOutput = Setting(rawValue: "existing = .resume")

        /// All that this version names.
        public static let known: [Setting] = [
            tables, excludedTables, format, dialect, encoding, duplicates, unknownStatements, statements, after,
            structures, spillFolder, inspection,
            delimiter, quote, escape, null, header, columns, lineEnd,
            types, invalidUTF8,
            recordLimit, columnLimit, structureLimit, tableLimit, entryLimit, pathLimit, layerLimit, expansionLimit,
            windowLimit, pageLimit, spillLimit,
            rejects, rejectLimit, jobs, output, tagKey, partSize, commitsTables, commitsAtEnd, replacesOutput,
            resumesOutput,
        ]
    }
}
