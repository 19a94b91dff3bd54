import BackupLake

extension ConversionReport {
    /// The options that shape the output, by the command's names for them, for the manifest.
    static func describe(_ options: ExportOptions, _ conversion: ConversionOptions) -> [String: String] {
        var all = [
            "types": options.values.types.rawValue, "binary": options.values.binary.rawValue,
            "decimals": options.values.decimals.rawValue,
            "big-integers": options.values.bigIntegers.rawValue, "json": options.values.documents.rawValue,
            "arrays": options.values.arrays.rawValue,
            "invalid-utf8": options.values.invalidUTF8.rawValue, "format": options.format.rawValue,
            "dialect": options.dialect.rawValue,
            "duplicates": options.duplicates.rawValue, "compress": conversion.compression.rawValue,
        ]
        if options.values.omitsNulls { all["omit-nulls"] = "yes" }
        if options.unknownStatements == .skip { all["unknown-statements"] = "skip" }
        if options.changes.form != .debezium { all["changes"] = options.changes.form.rawValue }
        if options.changes.statements == .skip { all["statements"] = "skip" }
        if let after = options.changes.after { all["after"] = after }
        if !options.structures.isEmpty { all["structure"] = options.structures.joined(separator: " ") }
        if options.isStrict { all["strict"] = "yes" }
        if let encoding = options.encoding { all["encoding"] = encoding }
        if let key = options.tagKey { all["tag"] = key }
        if !options.tables.included.isEmpty { all["table"] = options.tables.included.joined(separator: " ") }
        if !options.tables.excluded.isEmpty { all["exclude"] = options.tables.excluded.joined(separator: " ") }
        func name(_ byte: UInt8??) -> String? { byte.map { $0.map { String(UnicodeScalar($0)) } ?? "none" } }
        if let delimiter = options.csv.delimiter { all["delimiter"] = String(UnicodeScalar(delimiter)) }
        if let quote = name(options.csv.quote) { all["quote"] = quote }
        if let escape = name(options.csv.escape) { all["escape"] = escape }
        if let null = options.csv.null { all["null"] = null }
        if let lineEnd = options.csv.lineEnd { all["line-end"] = lineEnd.rawValue }
        if let hasHeader = options.csv.hasHeader { all["header"] = hasHeader ? "yes" : "no" }
        if let columns = options.csv.columns { all["columns"] = columns.joined(separator: ",") }
        return all
    }
}
