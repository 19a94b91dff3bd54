import BackupRows

/// What becomes of one column of the file: the column of the layout, and the form of its values' texts.
///
/// Where a structure declares the column, its type decides: a timestamp gets the digits that the database writes, bytes
/// become text again in a column of text, and what the vendor writes as a string is read as that type.
package struct ColumnPlan {
    package var column: Column
    let node: SchemaNode
    /// By leaf of the node.
    var forms: [TextForm]
    /// How bytes are spelled.
    var bytes = BinaryForm.raw
    var warnings: [String] = []

    /// `declared`: the column of the structure. `hexText`: how the export spells bytes in strings.
    init(
        _ name: String, _ node: SchemaNode, _ leaves: [Leaf], declared: Column?, family: SQLDialect.Family?,
        hexText: BinaryForm
    ) throws(ParquetError) {
        self.node = node
        var own: [OwnForm] = []
        for leaf in leaves[node.leaves] { own.append(try OwnForm(leaf)) }
        forms = own.map(\.form)
        warnings = own.compactMap(\.warning)
        guard node.isFlat, let first = own.first else {
            column = declared ?? Column(name: name)
            column.type = column.type ?? Self.name(node, own, from: node.leaves.lowerBound)
            if case .list = node.shape { column.kind = .array(.unknown) } else { column.kind = .json }
            return
        }
        guard let declared, declared.kind != .unknown else {
            column = Column(name: declared?.name ?? name, type: first.type, kind: first.kind)
            return
        }
        column = declared
        let isString = leaves[node.leaves.lowerBound].annotation == .string
        adapt(to: declared, first.form, isString: isString, family: family, hexText: hexText)
    }

    /// What the declared type makes of the values that the file has.
    private mutating func adapt(
        to declared: Column, _ own: TextForm, isString: Bool, family: SQLDialect.Family?, hexText: BinaryForm
    ) {
        let isBytes = own == .bytes
        switch declared.kind {
        case .integer, .decimal, .float: forms = [isBytes ? .text : own == .boolean ? .bit : own]
        case .bit(let isBig):
            if own.isAsStored {
                bytes = isString ? hexText : .raw
            } else {
                column.kind = .integer(isBig: isBig)
                forms = [own == .boolean ? .bit : own]
            }
        case .binary: bytes = isString ? hexText : .raw
        case .bytea: if isBytes { column.kind = .binary }
        case .boolean, .json, .array: if isBytes { forms = [.text] }
        case .text, .words: forms = [isBytes ? .text : own]
        case .ownForm: forms = [isBytes ? .text : Self.declared(own, declared, family)]
        case .unknown: break
        }
        if own == .interval { column.kind = .json }
        if own == .json && declared.kind != .json { forms = [.text] }
    }

    /// Dates and times as the database writes them.
    private static func declared(_ own: TextForm, _ column: Column, _ family: SQLDialect.Family?) -> TextForm {
        func text(_ text: TimeText) -> TimeText {
            var text = text
            let type = (column.type ?? "").lowercased()
            if family == .postgresql {
                text.fraction = .needed
                text.zone = type.contains("with time zone") || type.hasPrefix("timestamptz") ? "+00" : ""
            } else {
                text.fraction = .digits(Int(type.drop { !$0.isNumber }.prefix { $0.isNumber }) ?? 0)
                text.zone = ""
            }
            return text
        }
        switch own {
        case .time(let form): return .time(text(form))
        case .timestamp(let form): return .timestamp(text(form))
        case .int96(let form): return .int96(text(form))
        default: return own
        }
    }

    /// `list<struct<…>>`, for the manifest.
    private static func name(_ node: SchemaNode, _ own: [OwnForm], from first: Int) -> String {
        switch node.shape {
        case .leaf(let leaf): own[leaf - first].type
        case .group(let fields):
            "struct<\(fields.map { name($0.node, own, from: first) }.joined(separator: ","))>"
        case .list(let item, _, _): "list<\(name(item, own, from: first))>"
        case .map(let key, let value, _, _):
            "map<\(([key] + (value.map { [$0] } ?? [])).map { name($0, own, from: first) }.joined(separator: ","))>"
        }
    }
}
