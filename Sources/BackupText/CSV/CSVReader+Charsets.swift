import BackupRows
import CBackupKernels

/// `mysqldump --tab` says SET NAMES utf8mb4 in two cases: without --default-character-set it writes each column in its
/// own charset, with it all of them in UTF-8. Only the bytes decide.
extension CSVReader {
    /// What the first rows show: one value that is not UTF-8 is enough; none, and one that is UTF-8 beyond ASCII, means
    /// UTF-8.
    func sniffedCharsets(_ head: UnsafeRawBufferPointer) -> CSVDialect.FieldCharsets {
        guard let bytes = unsafe head.assumingMemoryBound(to: UInt8.self).baseAddress else { return .ownUnlessUTF8 }
        let own = unsafe multibytes.map { unsafe Array($0) }
        useTextAsUTF8()
        unsafe mark(bytes, from: 0, to: head.count, isWhole: head.count < Self.headLength)
        defer {
            marks.clear()
            if let own { _ = unsafe multibytes?.update(from: own) }
        }
        var isBeyondASCII = false
        for row in unsafe 0 ..< marks.rows.count {
            for (index, isOther) in zip(marks.fieldRange(ofRow: row), dialect.fieldsInOtherCharsets) where isOther {
                let field = unsafe marks.fields[index]
                let start = Int(field.start & UInt32(BK_OFFSET)), end = Int(field.end & UInt32(BK_OFFSET))
                if unsafe bk_utf8_valid_prefix(bytes + start, end - start) < end - start { return .own }
                isBeyondASCII =
                    unsafe isBeyondASCII
                    || UnsafeBufferPointer(start: bytes + start, count: end - start).contains { $0 >= 0x80 }
            }
        }
        return isBeyondASCII ? .one(nil) : .ownUnlessUTF8
    }

    /// From here on fields of text are in these.
    func use(_ charsets: CSVDialect.FieldCharsets) {
        let isSniffed = dialect.charsets == .sniffed
        dialect.charsets = charsets
        guard case .one = charsets, isSniffed else { return }
        useTextAsUTF8()
        if let multibytes = unsafe multibytes { dialect.fieldMultibytes = unsafe Array(multibytes) }
    }

    private func useTextAsUTF8() {
        guard let multibytes = unsafe multibytes else { return }
        for index in multibytes.indices where unsafe multibytes[index] < UInt8(BK_RAW.rawValue) {
            unsafe multibytes[index] = UInt8(BK_SINGLE.rawValue)
        }
    }
}
