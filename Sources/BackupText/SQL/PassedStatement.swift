import BackupRows

/// A kind of statement that is passed over and counted.
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
        /// No statement that is known.
        case unknown
    }

    /// `UPDATE`, `COPY … FROM a file`.
    var name: String
    var effect: Effect

    static func changes(_ name: String) -> Self { .init(name: name, effect: .changesRows) }
    static func brings(_ name: String) -> Self { .init(name: name, effect: .bringsRows) }
    static func mayChange(_ name: String) -> Self { .init(name: name, effect: .mayChangeRows) }
    static let unknown = PassedStatement(name: "", effect: .unknown)

    /// What the warning says of so many.
    func sentence(_ count: Int, first: String) -> String {
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
        case .unknown: return "\(count) unknown statement\(count == 1 ? "" : "s") \(be) skipped (first: \(first))"
        }
    }
}
