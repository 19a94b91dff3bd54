import BackupBytes
import BackupRows
import CBackupKernels

/// Counts the records of slabs for readers whose workers mark them. Where one cannot be counted, it lets more and more
/// slabs pass before it tries again: text with a fault in each slab costs no more than it did.
struct RecordCounter {
    private let isWanted: Bool
    private var slabsToPass = 0
    private var lastPause = 0
    private static let longestPause = 64

    /// Whole records at the front of a slab, at least one.
    struct Count {
        var rows: Int
        /// Where they lie, and what comes after them.
        var range: Range<Int>
        /// Past the last of them.
        var end: Int
    }

    init(_ setup: ReaderSetup) { isWanted = setup.hasManyWorkers }

    /// nil: the records have to be marked. `marks`: what they would go into, which is empty.
    mutating func count(_ buffer: RecordBuffer, _ dialect: CSVDialect, _ marks: Marks) -> Count? {
        guard isWanted, !buffer.isAtEnd else { return nil }
        if slabsToPass > 0 {
            slabsToPass -= 1
            return nil
        }
        var csv = unsafe dialect.kernel, counted = bk_counted(), isKnown: Int32 = 0
        let range = buffer.slab.start ..< buffer.slab.end
        unsafe marks.mark {
            isKnown = unsafe bk_count_csv(
                buffer.kernelBytes, range.lowerBound, range.upperBound, &csv, $0, &counted)
        }
        guard isKnown != 0 else {
            lastPause = min(lastPause * 2 + 1, Self.longestPause)
            slabsToPass = lastPause
            return nil
        }
        lastPause = 0
        return counted.rows > 0 ? Count(rows: counted.rows, range: range, end: counted.consumed) : nil
    }
}
