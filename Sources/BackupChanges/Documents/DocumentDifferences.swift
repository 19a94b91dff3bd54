/// The differences of one JSON column in an UPDATE (binlog_row_value_options=PARTIAL_JSON).
///
///     length 4 | operation 1 | path length, path | value length, binary value (none where it removes) | operation …
enum DocumentDifferences {
    /// Applies them, in their order.
    static func apply(
        _ bytes: EventBytes, to document: DocumentTree, _ writer: DocumentWriter
    ) throws(ChangeError) -> DocumentTree {
        var rest = bytes, document = document
        while !rest.isEmpty {
            let code = try rest.byte()
            guard let operation = DocumentTree.Operation(rawValue: code) else {
                throw .damaged("a difference of a JSON document is of the unknown kind \(code)")
            }
            let path = try rest.take(try rest.packed()), legs = try DocumentPath.legs(path)
            guard legs.count < DocumentWriter.depthLimit else {
                throw .damaged("a difference of a JSON document is deeper than MySQL allows")
            }
            var value: DocumentTree?
            if operation != .remove {
                value = try writer.tree(try rest.take(try rest.packed()))
            }
            guard document.apply(operation, legs[...], value) else {
                throw .damaged(
                    "a difference of a JSON document is at “\(path.string)”, which the document before has not")
            }
        }
        return document
    }
}
