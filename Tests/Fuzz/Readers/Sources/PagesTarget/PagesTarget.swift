import FuzzSupport

@testable import BackupParquet

/// One decoder of Parquet over the bytes of a page, beside the slow one of the tests: the same values, or both refuse.
///
///     decoder | a width or a limit | values, by four | values decoded at a time | page
@_cdecl("fuzz_pages")
public func fuzzPages(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    var input = FuzzInput(start, count)
    let number = input.option(), parameter = input.option(), count = input.option() * 4, step = input.option() + 1
    let page = Page(input.file, count: count, step: step)
    switch number % 11 {
    case 0: page.compareHybrid(bits: parameter % 33)
    case 1: page.compareLevels(limit: parameter % 9 + 1, isOld: true)
    case 2: page.compareLevels(limit: parameter % 9 + 1, isOld: false)
    case 3:
        let isNarrow = parameter % 2 == 0
        page.compare(.deltaBinaryPacked, isNarrow ? .int32 : .int64) { slow, count in
            let values = try slow.deltas(isNarrow: isNarrow, limit: count)
            guard values.count >= count else { throw SlowPages.Damaged() }
            return values[..<count].map(Page.bytes)
        }
    case 4: page.compare(.plain, .byteArray) { try $0.plainStrings($1) }
    case 5: page.compare(.deltaLengthByteArray, .byteArray) { try $0.deltaLengthStrings($1, limit: $1) }
    case 6: page.compare(.deltaByteArray, .byteArray) { try $0.deltaStrings($1, limit: $1) }
    case 7:
        let width = parameter % 20 + 1
        page.compare(.byteStreamSplit, .fixedLengthByteArray, length: width) { try $0.split($1, width: width) }
    case 8: page.compare(.byteStreamSplit, .double) { try $0.split($1, width: 8) }
    case 9: page.readHeader()
    default: page.readFooter()
    }
    return 0
}
