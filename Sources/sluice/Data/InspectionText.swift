import BackupExports

/// An inspection for people.
struct InspectionText {
    let text: String

    init(_ found: ExportInspection) {
        var lines: [String] = []
        for entry in found.entries {
            lines.append("\(entry.path.printable)  \(entry.role)\(entry.table.map { " of \($0.printable)" } ?? "")")
            for evidence in entry.evidence { lines.append("    \(evidence.printable)") }
        }
        if !found.tables.isEmpty { lines.append("") }
        for table in found.tables {
            lines.append(table.name.printable)
            for column in table.columns {
                lines.append(
                    "    \(column.name.printable)  \(column.type?.printable ?? "no declared type") → \(column.json)")
            }
        }
        lines.append("")
        lines.append(
            found.isWhole
                ? "All of it was looked at: \(found.entries.count) entries, \(found.tables.count) tables."
                : "Only the first \(Amount.bytes(found.bytesRead)) were looked at; what follows is not listed. See "
                    + "--all."
        )
        text = lines.joined(separator: "\n") + "\n"
    }
}
