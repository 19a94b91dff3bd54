import BackupRows
import CBackupKernels

/// What a column of lists, maps and groups is; its values are JSON text.
struct NestedColumn: Sendable {
    let tree: NestedNodes
    /// The numbers of its leaves.
    let numbers: Range<Int>
    /// By leaf of the column.
    let leaves: [Leaf]
    let forms: [TextForm]
    let values: ValueOptions

    init(_ node: SchemaNode, _ leaves: [Leaf], _ forms: [TextForm], _ values: ValueOptions) {
        tree = NestedNodes(node, forms: forms)
        numbers = node.leaves
        self.leaves = Array(leaves[node.leaves])
        (self.forms, self.values) = (forms, values)
    }

    /// How the values of its leaves are written.
    func texts() -> [NestedText] {
        zip(leaves, forms).map { NestedText($1, isBig: $0.type == .int64, values: values) }
    }

    /// Writes the values of all rows of the batch.
    func write(_ pieces: ArraySlice<SlicePiece>, _ column: Int, into batch: BatchRows) throws(ParquetError) {
        let writer = NestedWriter(self, Array(pieces), batch.text), text = batch.text
        // Rows are JSON, or text that is to be a string.
        let kind = values.types == .text ? BK_QUOTED : BK_JSON
        for row in 0 ..< batch.rowCount {
            let start = text.end, isNull = try writer.writeRow()
            if let badText = writer.takeBadText() {
                // The kernel that writes the line finds it, and reports where.
                text.truncate(to: start)
                try text.append(badText)
                batch.put(text.field(from: start, BK_QUOTED), column, row)
            } else if isNull {
                text.truncate(to: start)
                batch.put(TextSlab.null, column, row)
            } else {
                batch.put(text.field(from: start, kind), column, row)
            }
            try text.append(0x0A)
        }
        batch.replaced += writer.replaced
    }
}
