import BackupBytes
import BackupRows

/// What went wrong where lines go, why, and what to do.
public struct LakeError: Error, CustomStringConvertible, Sendable {
    /// An open set: new codes may come.
    public struct Code: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
        /// The name of the code.
        public let rawValue: String
        /// Makes a code of a name; codes may be added in later versions.
        public init(rawValue: String) { self.rawValue = rawValue }
        /// The name of the code.
        public var description: String { rawValue }

        /// Options that contradict each other, or name what the output has a use for.
        public static let badOption = Code(rawValue: "bad-option")
        /// The export removes rows that the output cannot remove.
        public static let badStatement = Code(rawValue: "bad-statement")
        /// The output is there already, or an unfinished run in it cannot be resumed.
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
        /// The system gives no more threads, descriptors or memory. Later it may.
        public static let noResources = Code(rawValue: "no-resources")
    }

    /// What to branch on.
    public var code: Code
    /// The table, where one is concerned.
    public var table: TableName?
    /// What is wrong, in one line.
    public var why: String
    /// What to do about it.
    public var remedy: Remedy?

    /// Makes an error; what is not known stays nil.
    public init(_ code: Code, table: TableName? = nil, why: String, remedy: Remedy? = nil) {
        self.code = code
        self.table = table
        self.why = why
        self.remedy = remedy
    }

    /// One line: `table shop.orders: the export removes rows of it again; see commitsTables = false`.
    public var description: String { text(naming: \.rawValue) }

    /// The same, with each setting of the remedy as `name` calls it.
    public func text(naming name: (Remedy.Setting) -> String) -> String {
        let location = table.map { "table \("\($0)".printable): " } ?? ""
        return location + why.printable + (remedy.map { "; \($0.text(naming: name))" } ?? "")
    }
}
