import BackupBytes
import BackupRows

extension TableSchema {
    /// How its columns differ from those of another declaration of the same table, in names, order or what their
    /// values are; nil: not at all. A type may be spelled in two ways, and a column may be in another charset: two
    /// versions of a server say so of the same table.
    func difference(from other: TableSchema, namesAlone: Bool = false) -> String? {
        for (number, (own, others)) in zip(columns, other.columns).enumerated() {
            let isSame =
                ExactText(own.name) == ExactText(others.name)
                && (namesAlone || own.awaitedType != nil || others.awaitedType != nil
                    || own.kind.withoutCharset == others.kind.withoutCharset)
            if !isSame { return "column \(number + 1) is \(own.words), not \(others.words)" }
        }
        if columns.count == other.columns.count { return nil }
        return "it has \(columns.count) column\(columns.count == 1 ? "" : "s"), not \(other.columns.count)"
    }
}

extension Column {
    fileprivate var words: String { type.map { "\(name) \($0)" } ?? name }
}

extension ColumnKind {
    fileprivate var withoutCharset: ColumnKind {
        switch self {
        case .text: .text(charset: nil)
        case .words: .words(charset: nil)
        case .array(let element): .array(element.withoutCharset)
        default: self
        }
    }
}
