import BackupRows
import BackupText

extension CSVDialect {
    /// `mysqldump --tab`, and SELECT … INTO OUTFILE: the rows are in the charset that the tool asked the server for, as
    /// the `.sql` beside them says; `binary`, or no word of it, is each column's own. `encoding`: what the user says,
    /// which counts more.
    mutating func useCharsets(of schema: TableSchema?, encoding: String?) {
        bitsAreBytes = true
        let fields = (schema?.columns ?? []).filter { !$0.isInvisible }
        guard !fields.isEmpty else { return }
        let names = (encoding ?? schema?.clientCharset ?? "binary").lowercased()
        fieldsInOtherCharsets = fields.map {
            $0.ownCharset.map { Charset(named: $0, family: .mysql)?.isUTF8 != true } ?? false
        }
        let isUTF8 = Charset(named: names, family: .mysql)?.isUTF8 == true
        // the whole file is decoded first
        if let encoding, Charset(named: encoding, family: .mysql)?.isWide == true { return }
        if names == "binary" || (isUTF8 && encoding == nil) {
            charsets = isUTF8 && fieldsInOtherCharsets.contains(true) ? .sniffed : .own
        } else {
            charsets = .one(isUTF8 ? nil : names)
        }
        fieldMultibytes = fields.map { column in
            if let bits = column.bitCount, schema?.isMariaDB == true {
                return CSVDialect.rawField(bytes: (bits + 7) / 8)
            }
            guard let own = column.ownCharset else { return 0 }
            return if case .one(let name) = charsets {
                name.map { SQLDialect(family: .mysql, charset: $0).multibyte } ?? 0
            } else {
                SQLDialect(family: .mysql, charset: own).multibyte
            }
        }
    }
}

extension Column {
    /// The charset that text of the column is declared in; nil where it is no text.
    var ownCharset: String? {
        switch kind {
        case .text(let charset), .words(let charset): charset ?? "utf8mb4"
        case .json: "utf8mb4"
        default: nil
        }
    }
}

extension DataReaders {
    /// What the server may have lost of a table when it wrote these rows, and what was concluded from them.
    static func charsetWarnings(given: CSVDialect, used: CSVDialect, _ columns: [Column]) -> [String] {
        guard used.bitsAreBytes, case .one(let name) = used.charsets else { return [] }
        var warnings: [String] = []
        if given.charsets == .sniffed {
            warnings.append(
                "its text is taken for UTF-8, as that of its first rows is; if each column is in its own charset, "
                    + "choose the encoding binary"
            )
        } else if name.flatMap({ Charset(named: $0, family: .mysql)?.isSingleByte }) ?? (name == nil) {
            return []
        }
        let names = columns.filter { $0.kind == .binary || $0.bitCount != nil }.map { "“\($0.name)”" }
        if !names.isEmpty {
            warnings.append(
                "bytes of \(names.joined(separator: ", ")) that are no characters of \(name ?? "UTF-8") were lost when "
                    + "the server wrote them"
            )
        }
        return warnings
    }
}
