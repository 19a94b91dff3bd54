import BackupBytes

/// What a batch has become: JSON lines, and the rows that could not be written.
package struct EmittedRows: Sendable {
    package var chunks: [Chunk] = []
    /// Whole lines, and how many.
    package struct Chunk: Sendable {
        package var slab: Slab
        package var rows: Int

        package init(slab: Slab, rows: Int) { (self.slab, self.rows) = (slab, rows) }
    }

    package var rows = 0
    package var bytes = 0
    package var faults: [RowFault] = []
    /// Blank lines that were skipped.
    package var blank = 0
    /// U+FFFD written for bytes that are not text.
    package var replaced = 0
    /// Values of JSON columns that are not JSON (or have a key twice), written as strings.
    package var plainJSON = 0
    /// Values of JSON columns that are JSON's own `null`, by the column's index.
    package var jsonNulls: [Int: Int] = [:]
    /// NULLs of MariaDB's BIT(15) and BIT(16) that may be the value 23630, by the column's index.
    package var bitNulls: [Int: Int] = [:]

    package init() {}

    /// There is nothing to be said of them.
    package var isPlain: Bool {
        faults.isEmpty && blank == 0 && replaced == 0 && plainJSON == 0 && jsonNulls.isEmpty && bitNulls.isEmpty
    }
}
