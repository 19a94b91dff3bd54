import BackupBytes

extension TableSchema? {
    /// Columns as an export lists them, in the table's own order; `order` is where each one's field stands, nil
    /// where nothing moves.
    package func inTableOrder(_ listed: [Column]) -> (columns: [Column], order: [Int]?) {
        guard let schema = self else { return (listed, nil) }
        let places = Dictionary(
            schema.columns.enumerated().map { (ExactText($1.name), $0) }, uniquingKeysWith: { first, _ in first })
        let order = listed.indices.sorted {
            (places[ExactText(listed[$0].name)] ?? .max, $0) < (places[ExactText(listed[$1].name)] ?? .max, $1)
        }
        return order.elementsEqual(listed.indices) ? (listed, nil) : (order.map { listed[$0] }, order)
    }

    /// The columns of a row: those of a list, or the table's. A row without a list may lack exactly the generated or
    /// invisible columns; without a structure columns are `c1` … `cN`.
    package func columns(named names: [String]?, fieldCount: Int?) -> [Column] {
        guard let schema = self else {
            return names?.map { Column(name: $0) } ?? (0 ..< (fieldCount ?? 0)).map { Column(name: "c\($0 + 1)") }
        }
        if let names {
            func columns(by key: (String) -> String) -> [ExactText: Column] {
                Dictionary(
                    schema.columns.map { (ExactText(key($0.name)), $0) }, uniquingKeysWith: { first, _ in first })
            }
            let asWritten = columns { $0 }
            lazy var inLowerCase = columns { $0.lowercased() }
            return names.map { asWritten[ExactText($0)] ?? inLowerCase[ExactText($0.lowercased())] ?? Column(name: $0) }
        }
        let all = schema.columns
        guard let fieldCount, all.count != fieldCount else { return all }
        let candidates = [
            all.filter { !$0.isGenerated }, all.filter { !$0.isInvisible },
            all.filter { !$0.isGenerated && !$0.isInvisible },
        ]
        return candidates.first { $0.count == fieldCount } ?? all
    }
}
