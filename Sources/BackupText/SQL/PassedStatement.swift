import BackupRows

/// A kind of statement that is passed over, or read otherwise than a server would, and counted.
struct PassedStatement: Hashable, Codable {
    enum Effect: String, Codable {
        /// It changes rows that are in the output as they were before.
        case changesRows
        /// It brings rows that are not in the output.
        case bringsRows
        /// What it does is known to the server alone.
        case mayChangeRows
        /// Rows stay under the name that the table had before.
        case renames
        /// Its rows are read; of two rows with one key the server would keep one.
        case keepsBoth
        /// Its rows go into a view, so to tables that only the server knows. Counted by rows.
        case fillsView
        /// No statement that is known.
        case unknown
    }

    /// `UPDATE`, `COPY … FROM a file`.
    var name: String
    var effect: Effect

    static func changes(_ name: String) -> Self { .init(name: name, effect: .changesRows) }
    static func brings(_ name: String) -> Self { .init(name: name, effect: .bringsRows) }
    static func mayChange(_ name: String) -> Self { .init(name: name, effect: .mayChangeRows) }
    static func keepsBoth(_ name: String) -> Self { .init(name: name, effect: .keepsBoth) }
    static let fillsView = PassedStatement(name: "", effect: .fillsView)
    static let unknown = PassedStatement(name: "", effect: .unknown)

    /// What the warning says of so many.
    func sentence(_ count: Int, of table: TableName?, first: String) -> String {
        let (be, them) = count == 1 ? ("was", "it") : ("were", "they")
        let statements = "\(count) \(name.isEmpty ? "" : name + " ")statement\(count == 1 ? "" : "s")"
        switch effect {
        case .changesRows:
            return "\(statements) \(be) not carried out: rows are written as they were before (first: \(first))"
        case .bringsRows:
            return
                "\(statements) \(be) not carried out: the rows that \(them) would bring are not in the output (first: "
                + "\(first))"
        case .mayChangeRows: return "\(statements) \(be) not carried out: \(them) may change rows (first: \(first))"
        case .renames:
            return "\(statements) \(be) not carried out: rows that came before keep the old name (first: \(first))"
        case .keepsBoth:
            return """
                \(statements) \(be) read as INSERT: where the server would find a key twice and keep one row, both \
                rows are in the output (first: \(first))
                """
        case .fillsView:
            let view = table.map { " \($0)" } ?? "s"
            return """
                \(count) row\(count == 1 ? "" : "s") inserted into the view\(view) \(be) not converted: the table \
                behind it lacks \(them == "it" ? "it" : "them") in the output (first: \(first))
                """
        case .unknown: return "\(count) unknown statement\(count == 1 ? "" : "s") \(be) skipped (first: \(first))"
        }
    }
}
