/// How rows of one table are read and written: its columns in the order of the fields, how their values are spelled,
/// and how their lines look. Made once per table and column list; immutable; shared by all its batches.
package final class RowLayout: Sendable {
    package let table: TableName
    package let kind: TableKind
    /// One per field of a row.
    package let columns: [Column]
    package let spelling: RowSpelling
    package let lines: LineFormat
    private let columnKeys: ColumnKeys
    /// What becomes of each column's values.
    let rules: [EmitRule]
    /// Columns whose values are prepared before a kernel writes them.
    let prepared: [(index: Int, preparation: EmitRule.Preparation)]
    /// Those of them that the kernels decode; nil: none.
    let texts: TextColumns?
    /// Of columns of dates and times, which.
    package let times: [Column.Time?]
    /// What the kernels know of all this.
    let plan: KernelPlan
    package let warnings: [String]
    /// Its columns are those that some rows have: others of the table may have more.
    package let isOpen: Bool
    /// The export writes fields in another order than the table's: for each column the place of its field in the row.
    package let fieldOrder: [Int]?
    /// Why the table's CREATE TABLE cannot be read: nobody knows what the rows hold.
    package let unreadable: String?

    /// `nested`: columns that have objects or arrays of JSON which are to be prepared.
    package init(
        table: TableName, columns: [Column], spelling: RowSpelling, lines: LineFormat = LineFormat(),
        fieldOrder: [Int]? = nil, unreadable: String? = nil, warnings: [String] = [], nested: [Int] = [],
        isOpen: Bool = false, kind: TableKind = .rows
    ) {
        (self.table, self.kind) = (table, kind)
        self.columns = columns
        self.spelling = spelling
        self.lines = lines
        self.fieldOrder = fieldOrder
        self.isOpen = isOpen
        self.unreadable = lines.values.types == .text ? nil : unreadable
        columnKeys = ColumnKeys(columns.map(\.name), reserved: lines.tagKey)
        self.warnings = columnKeys.warnings + warnings
        let rules = columns.enumerated().map { index, column in
            var rule = EmitRule(
                for: column.kind, spelling: spelling, bytes: spelling.binaryForm(ofColumn: index), values: lines.values)
            if spelling.bitsAreBytes, let bits = column.bitCount {
                rule.preparation = .bits(bits, spelling.nullForm(of: column, at: index))
            }
            if lines.values.types == .schema { rule.storeAs(column, spelling.literals) }
            return rule
        }
        self.rules = rules
        times = columns.map(\.time)
        prepared =
            nested.compactMap { index in rules[index].nested.map { (index, $0) } }
            + rules.enumerated().compactMap { $1.preparation == .none ? nil : ($0, $1.preparation) }
        texts = TextColumns(rules, spelling)
        plan = KernelPlan(keys: columnKeys.all, rules: rules, table: table, spelling: spelling, lines: lines)
    }

    /// The keys values are written under: names of columns, made unique.
    package var keys: [String] { columnKeys.all }
    /// The column that is written under this key.
    package func index(ofKey key: String) -> Int? { columnKeys.index(of: key) }
    /// The JSON type of each column, for the manifest.
    package var jsonTypes: [String] { rules.map(\.json) }

    /// Whether text of this column is decoded from a charset.
    package func isDecoded(_ index: Int) -> Bool {
        switch rules[index].preparation {
        case .decode, .embedJSON(.some): true
        default: false
        }
    }

    /// Whether objects and arrays of JSON in this column are text that is read as its other values are.
    package func readsNested(_ index: Int) -> Bool { rules[index].nested == nil }

    /// Throws where values are in a charset that is not known.
    package func checkCharsets() throws(UnknownCharset) {
        for (column, rule) in zip(columns, rules) {
            if let name = rule.unknownCharset { throw UnknownCharset(name, family: .mysql, column: column.name) }
        }
    }
}
