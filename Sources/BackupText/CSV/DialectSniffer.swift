import BackupRows

/// Looks at the first bytes of delimited text. It reports evidence; a conversion never changes a value because of it.
package enum DialectSniffer {
    /// How often each candidate delimiter stands outside quotes on the first lines, and whether the counts agree.
    package struct Evidence: Sendable, Equatable {
        package var delimiter: UInt8
        package var fieldsPerLine: [Int]
        package var isRegular: Bool { Set(fieldsPerLine).count == 1 && (fieldsPerLine.first ?? 1) > 1 }
    }

    /// Evidence for each usual delimiter, the most regular first.
    package static func delimiters(_ bytes: UnsafeRawBufferPointer, quote: UInt8?) -> [Evidence] {
        let candidates: [UInt8] = [UInt8(ascii: ","), UInt8(ascii: "\t"), UInt8(ascii: ";"), UInt8(ascii: "|")]
        let evidence = candidates.map { unsafe Self.evidence(for: $0, in: bytes, quote: quote) }
        return evidence.sorted {
            ($0.isRegular ? 1 : 0, $0.fieldsPerLine.max() ?? 0) > ($1.isRegular ? 1 : 0, $1.fieldsPerLine.max() ?? 0)
        }
    }

    private static func evidence(for delimiter: UInt8, in bytes: UnsafeRawBufferPointer, quote: UInt8?) -> Evidence {
        var counts: [Int] = [], fields = 1, isQuoted = false
        for index in 0 ..< min(bytes.count, 64 * 1024) {
            let byte = unsafe bytes[index]
            if byte == quote { isQuoted.toggle() }
            if isQuoted { continue }
            if byte == delimiter { fields += 1 }
            if byte == 0x0A {
                counts.append(fields)
                fields = 1
            }
            if counts.count == 20 { break }
        }
        if counts.isEmpty { counts = [fields] }
        return Evidence(delimiter: delimiter, fieldsPerLine: counts)
    }
}
