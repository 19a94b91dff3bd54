import BackupBytes
import BackupChanges
import BackupRows
import BackupText
import FuzzSupport

/// A binary log to lines, in two ways that must not differ.
///
///     options: 1 flat, 2 statements are errors, 4 checksums are renewed, 8 NULLs are left out | bytes of a read | log
@_cdecl("fuzz_changes")
public func fuzzChanges(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    var input = FuzzInput(start, count)
    let options = input.option(), size = input.option() + 1, file = input.file
    let log = options & 4 != 0 ? LogEvents(file).withChecksums : file
    let whole = lines(of: log, options, size: .max, transactionMemory: 1 << 16)
    whole.check()
    let pieces = lines(of: log, options, size: size, transactionMemory: 64)
    if whole != pieces {
        found(
            "reads of \(size) bytes give other lines: \(whole.error ?? "no error"), \(pieces.error ?? "no error"), "
                + "\(whole.lines.count) and \(pieces.lines.count) bytes")
    }
    return 0
}

private func lines(of log: [UInt8], _ options: Int, size: Int, transactionMemory: Int) -> DecodedLines {
    var setup = ReaderSetup(), values = ValueOptions(), changes = ChangeOptions(), result = DecodedLines()
    values.omitsNulls = options & 8 != 0
    setup.lines = LineFormat(values: values, tagKey: "table")
    setup.recordLimit = 1 << 20
    setup.columnLimit = 4096
    changes.isFlat = options & 1 != 0
    changes.skipsStatements = options & 2 == 0
    changes.transactionMemory = transactionMemory
    let session = ChangeSession(
        setup, changes,
        TableNames { _ in
            nil
        } declare: {
            SQLReader.tables(declaredIn: $0, database: $1, setup)
        })
    do {
        try result.add(
            from: ChangeReader(
                FuzzSource(log, size: size), file: "mysql-bin.000001", origin: "mysql-bin.000001", session: session))
        result.add(notes: session.end())
    } catch let error as ChangeError {
        result.error = "\(error)"
    } catch {
        found("an error of another kind: \(error)")
    }
    return result
}
