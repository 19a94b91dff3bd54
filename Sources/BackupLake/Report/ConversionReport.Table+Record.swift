import BackupBytes
import BackupRows

extension ConversionReport.Table: Recordable {
    package init(from record: inout RecordReader) throws {
        let name = try TableName(from: &record)
        guard let kind = TableKind(rawValue: try record.text()) else { throw RecordDamaged() }
        self.init(
            name: name, kind: kind,
            columns: try record.list {
                OutputColumn(name: try $0.text(), type: try $0.optionalText(), json: try $0.text())
            },
            rows: try record.count(), rejected: try record.count(), bytes: try record.count(),
            entries: try record.texts(), warnings: try record.texts())
        (blank, replaced, plainJSON) = (try record.count(), try record.count(), try record.count())
        jsonNulls = try Self.counts(from: &record)
        bitNulls = try Self.counts(from: &record)
    }

    private static func counts(from record: inout RecordReader) throws -> [ExactText: Int] {
        Dictionary(try record.list { (ExactText(try $0.text()), try $0.count()) }) { first, _ in first }
    }

    package func write(to record: inout RecordWriter) {
        name.write(to: &record)
        record.put(kind.rawValue)
        record.put(columns) {
            $0.put($1.name)
            $0.put($1.type)
            $0.put($1.json)
        }
        for number in [rows, rejected, bytes] { record.put(number) }
        record.put(entries)
        record.put(warnings)
        for number in [blank, replaced, plainJSON] { record.put(number) }
        for counts in [jsonNulls, bitNulls] {
            record.put(counts.sorted { $0.key.text < $1.key.text }) {
                $0.put($1.key.text)
                $0.put($1.value)
            }
        }
    }

    var withCountedWarnings: Self {
        var table = self
        if blank > 0 { table.warnings.append("\(blank) blank line\(blank == 1 ? "" : "s") skipped") }
        if replaced > 0 {
            table.warnings.append("\(replaced) piece\(replaced == 1 ? "" : "s") of invalid text replaced by U+FFFD")
        }
        if plainJSON > 0 {
            table.warnings.append(
                "\(plainJSON) value\(plainJSON == 1 ? "" : "s") of JSON columns written as strings: not JSON, or a key "
                    + "twice in an object"
            )
        }
        for (key, count) in jsonNulls.sorted(by: { $0.key.text < $1.key.text }) {
            table.warnings.append(
                "column “\(key.text)” has \(count) JSON value\(count == 1 ? "" : "s") null, written like NULL")
        }
        for (key, count) in bitNulls.sorted(by: { $0.key.text < $1.key.text }) {
            table.warnings.append(
                """
                column “\(key.text)” has \(count) value\(count == 1 ? "" : "s") `\\N`, written as NULL: MariaDB writes \
                NULL and the BIT 23630 alike
                """)
        }
        return table
    }
}
