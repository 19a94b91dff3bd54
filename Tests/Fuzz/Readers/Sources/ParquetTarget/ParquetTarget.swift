import BackupBytes
import BackupParquet
import BackupRows
import Foundation
import FuzzSupport

/// A Parquet file to lines, in two ways that must not differ: at once, and in small batches with little memory, where
/// most pages are in files and are decompressed in steps.
///
///     options: 1 as text, 2 U+FFFD for what is no UTF-8, 4 digits in strings, 8 NULLs are left out
///     rows of a batch
///     the file
@_cdecl("fuzz_parquet")
public func fuzzParquet(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    var input = FuzzInput(start, count)
    let options = input.option(), rows = input.option() + 1, file = input.file
    var limits = ParquetLimits()
    limits.page = 1 << 20
    let whole = lines(of: file, options, limits)
    whole.check()
    (limits.batchRows, limits.sliceRows, limits.batch) = (rows, 3 * rows, 1000)
    (limits.held, limits.slices, limits.pageInMemory, limits.step) = (1000, 1000, 1000, 100)
    let pieces = lines(of: file, options, limits)
    if (whole.error == nil) != (pieces.error == nil) || (whole.error == nil && whole != pieces) {
        found(
            "batches of \(rows) rows give other lines: \(whole.error ?? "no error"), \(pieces.error ?? "no error"), "
                + "\(whole.lines.count) and \(pieces.lines.count) bytes")
    }
    return 0
}

private let blocks = BlockPool(folder: FileManager.default.temporaryDirectory.path)

/// A file that claims more rows is not read: columns without a byte a row take time, and nothing else.
private let mostRows = 5000

private func lines(of bytes: [UInt8], _ options: Int, _ limits: ParquetLimits) -> DecodedLines {
    var setup = ReaderSetup(), values = ValueOptions(), result = DecodedLines()
    if options & 1 != 0 { values.types = .text }
    if options & 2 != 0 { values.invalidUTF8 = .replace }
    if options & 4 != 0 { (values.bigIntegers, values.decimals, values.binary) = (.string, .string, .hex) }
    values.omitsNulls = options & 8 != 0
    setup.lines = LineFormat(values: values)
    (setup.columnLimit, setup.blocks) = (4096, blocks)
    do {
        let file = try ParquetFile(RangedArray(bytes), limits: limits)
        if file.rowCount > mostRows { return result }
        try result.add(from: ParquetReader(file, table: TableName(table: "t"), schema: nil, setup: setup))
    } catch let error as ParquetError {
        result.error = "\(error)"
    } catch let error as TooManyColumns {
        result.error = "\(error)"
    } catch {
        found("an error of another kind: \(error)")
    }
    return result
}
