import BackupArchives
import BackupBytes
import BackupRows

/// Files of rows that cannot be read without a structure.
extension ExportWalk {
    func readOrWait(_ file: RowFile, _ source: PeekedSource, for location: String?) throws {
        guard let location, !structures.isComplete else {
            try pending.spill.pass()
            return try beginOrSpill(file, source)
        }
        guard input.isSeekable else {
            work = .spilling(file, for: location, try spill(file))
            return
        }
        var source = source
        try lookAhead(for: location, from: &source)
        if case .data(let data) = file.role, let types = try structures.missing(for: data), !structures.isComplete {
            try lookAhead(for: types, from: &source)
        }
        try beginOrSpill(file, source)
    }

    /// Rows that are read by ranges are spilled where the input cannot be.
    private func beginOrSpill(_ file: RowFile, _ source: PeekedSource) throws {
        guard file.isRanged, !file.isEmpty, source.file == nil else {
            return try begin(file, source)
        }
        var file = file
        file.isReady = true
        work = .spilling(file, for: "ready \(file.origin)", try spill(file))
    }

    private func spill(_ file: RowFile) throws -> Spill.Rows {
        try pending.spill.begin(at: entries?.resumePoint(offset: 0), isRanged: file.isRanged)
    }

    // MARK: Looking ahead

    /// Searches a seekable input for the structure at `location`, before `source`, the file that the walk is at, is
    /// read.
    private func lookAhead(for location: String, from source: inout PeekedSource) throws {
        if structures.canLookFromWalk, let kept = try entries?.keepCurrent(source) {
            (source, current) = (kept, kept)
            if try lookAheadFromWalk(for: location) { return }
        }
        try structures.lookAhead(for: location)
    }

    /// The same after a file that has been read.
    func lookAhead(for location: String) throws {
        if structures.canLookFromWalk, try lookAheadFromWalk(for: location) { return }
        try structures.lookAhead(for: location)
    }

    /// Learns from the entries that follow, and keeps them.
    /// - Returns: false where what follows cannot be kept, and has to be decoded a second time.
    private func lookAheadFromWalk(for location: String) throws -> Bool {
        guard let entries else { return false }
        while try !structures.isResolved(location) {
            switch try entries.ahead(isPassedBy: isPassedBy) {
            case .entry(let entry): try structures.learn(from: entry)
            case .end: structures.isComplete = true
            case .full: return false
            }
        }
        return true
    }

    /// Whether the walk looks at no more of an entry than its first bytes.
    private func isPassedBy(_ entry: Entry, head: UnsafeRawBufferPointer) -> Bool {
        switch EntryRole(entry, head: head, options: options) {
        case .ignored: true
        case .data(let data): isPassedBy(data)
        default: false
        }
    }

    /// Rows of a table that is not to be read, whatever its structure says.
    func isPassedBy(_ data: DataPart) -> Bool {
        data.shell == nil && data.otherwise == nil && !options.tables.mayWant(data) && !structures.mayWantGiven(data)
    }
}
