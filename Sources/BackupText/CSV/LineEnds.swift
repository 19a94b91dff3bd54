import BackupRows
import CBackupKernels

/// What ends the lines of delimited text, decided by its first records. A line end is what ends a record, so quotes and
/// escapes count.
///
///     1,"a⏎b"␍⏎       every record ends in CR LF: so does the file
///     1,ab␍⏎2,c⏎      some do: CR or LF is data, whichever leaves rows of one length
///     1,ab␍2,cd␍      no LF: CR ends the lines if it gives such rows
@safe package struct LineEnds {
    package enum Decision: Equatable {
        case newline(CSVDialect.Newline)
        /// No record has ended yet: more bytes are needed.
        case unknown
        /// Two readings are equally likely.
        case ambiguous
    }

    /// The line ends of a text are decided neither by its first records nor by a rule.
    package struct Ambiguous: Error { package let offset: Int }

    /// The records at the front under one kind of line end.
    private struct Survey {
        /// Records with a line end, and those where a carriage return belongs to it.
        var ends = 0, returns = 0, records = 0
        var fieldCounts: Set<Int> = []
        var isFaulty = false
        var isRegular: Bool { !isFaulty && fieldCounts.count == 1 }
    }

    private let dialect: CSVDialect
    private let marks: Marks

    package init(_ dialect: CSVDialect) { self.init(dialect, marks: Marks()) }

    init(_ dialect: CSVDialect, marks: Marks) {
        self.dialect = dialect
        self.marks = marks
    }

    /// `head`: the first bytes, with room to read after them as in a slab; `isWhole` when nothing follows.
    package func decide(_ head: UnsafeRawBufferPointer, isWhole: Bool) -> Decision {
        let isSniffed = dialect.newline == .sniffed
        guard isSniffed || dialect.newline == .lfOrCRLF else { return .newline(dialect.newline) }
        let start = unsafe head.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        func survey(_ newline: CSVDialect.Newline) -> Survey {
            unsafe self.survey(head, from: start, isWhole: isWhole, newline)
        }
        let lines = survey(.lfOrCRLF)
        if lines.ends == 0 {
            let decision = unsafe withoutLineFeeds(survey(.cr), last: head.last, isWhole: isWhole)
            return decision ?? .newline(isSniffed ? .lf : .lfOrCRLF)
        }
        if !isSniffed || lines.returns == lines.ends { return .newline(.lfOrCRLF) }
        if lines.returns == 0 { return .newline(.lf) }
        let lf = survey(.lf), crlf = survey(.crlf)
        if !crlf.isRegular { return .newline(.lf) }
        if !lf.isRegular { return .newline(.crlf) }
        // One record with a line feed in it is less likely than several whose last one ends in a carriage return.
        if crlf.records == 1 && lf.fieldCounts != [1] { return .newline(.lf) }
        let endsInCRLF = unsafe head.suffix(2).elementsEqual([0x0D, 0x0A])
        return isWhole && !endsInCRLF ? .newline(.lf) : .ambiguous
    }

    /// nil: carriage returns end no lines, and none has ended.
    private func withoutLineFeeds(_ survey: Survey, last: UInt8?, isWhole: Bool) -> Decision? {
        if survey.ends > 0 && survey.isRegular {
            if survey.fieldCounts != [1] { return .newline(.cr) }
            if isWhole { return last == 0x0D ? .newline(.cr) : .ambiguous }
        }
        return isWhole ? nil : .unknown
    }

    private func survey(
        _ head: UnsafeRawBufferPointer, from start: Int, isWhole: Bool, _ newline: CSVDialect.Newline
    ) -> Survey {
        guard let bytes = unsafe head.assumingMemoryBound(to: UInt8.self).baseAddress else { return Survey() }
        var survey = Survey(), from = start
        var dialect = dialect
        dialect.newline = newline
        defer { marks.clear() }
        while from < head.count {
            marks.clear()
            unsafe dialect.fieldMultibytes.withUnsafeBufferPointer { multibytes in
                unsafe marks.mark { kernel in
                    var csv = unsafe dialect.kernel
                    unsafe csv.multibyte = unsafe multibytes.contains { $0 != 0 } ? multibytes.baseAddress : nil
                    unsafe csv.multibyte_count = unsafe csv.multibyte == nil ? 0 : multibytes.count
                    unsafe bk_mark_csv(bytes, from, head.count, isWhole ? 1 : 0, &csv, kernel)
                }
            }
            unsafe count(head, newline, &survey)
            let kernel = unsafe marks.kernel
            from = unsafe Int(kernel.consumed)
            switch unsafe kernel.status {
            case BK_MARK_FULL:
                if marks.isEmpty {
                    marks.clear()
                    marks.grow()
                }
            case BK_MARK_FAULT:
                // Past the line in which the record cannot be read, as a reader steps over it.
                survey.isFaulty = true
                let end: UInt8 = newline == .cr ? 0x0D : 0x0A
                let at = max(from, unsafe Int(kernel.fault_at))
                let lineEnd = unsafe at < head.count ? head[at...].firstIndex(of: end) : nil
                if let lineEnd {
                    survey.ends += 1
                    if unsafe lineEnd > 0 && head[lineEnd - 1] == 0x0D { survey.returns += 1 }
                }
                from = (lineEnd ?? head.count) + 1
            default: return survey
            }
        }
        return survey
    }

    private func count(_ head: UnsafeRawBufferPointer, _ newline: CSVDialect.Newline, _ survey: inout Survey) {
        unsafe survey.records += marks.rows.count
        for index in unsafe marks.rows.indices {
            let row = unsafe marks.rows[index]
            let fields = marks.fieldRange(ofRow: index).count
            if row.start < row.end || fields > 1 { survey.fieldCounts.insert(fields) }
            guard row.end < head.count else { continue }
            let isReturn = unsafe head[Int(row.end)] == 0x0D
            // A carriage return at the very end ends the last record under all kinds of line ends, and says nothing.
            if isReturn && newline != .cr && row.end + 1 == head.count { continue }
            survey.ends += 1
            if isReturn { survey.returns += 1 }
        }
    }
}
