import BackupRows
import BackupText

/// Delimited text read the slow, obvious way: a byte at a time, no kernels, no slabs. Written from the rules and not
/// from the fast reader.
package struct OracleCSV {
    private let bytes: [UInt8]
    private let dialect: CSVDialect
    private var at = 0
    private var row = 1
    private var columnCount: Int?
    private var rows = FastRows()

    private enum Field {
        case null
        case text([UInt8], start: Int, raw: ArraySlice<UInt8>)
    }

    private struct Fault: Error {
        let code: String
        let at: Int
    }

    /// Columns are c1 … cN by the first row that can be read.
    package static func read(_ bytes: [UInt8], _ dialect: CSVDialect) -> FastRows {
        var oracle = OracleCSV(bytes: bytes, dialect: dialect)
        oracle.run()
        return oracle.rows
    }

    private init(bytes: [UInt8], dialect: CSVDialect) {
        self.bytes = bytes
        self.dialect = dialect
    }

    private var lineEnds: Set<UInt8> { dialect.newline == .cr ? [0x0D] : [0x0A] }

    /// Bytes of the line end at `index`; 0 where there is none.
    private func lineEnd(at index: Int) -> Int {
        guard index < bytes.count else { return 0 }
        if dialect.newline == .cr { return bytes[index] == 0x0D ? 1 : 0 }
        if dialect.newline == .crlf { return bytes[index...].starts(with: [0x0D, 0x0A]) ? 2 : 0 }
        if bytes[index] == 0x0A { return 1 }
        guard bytes[index] == 0x0D, dialect.newline != .lf else { return 0 }
        if index + 1 == bytes.count { return 1 }
        return bytes[index + 1] == 0x0A ? 2 : 0
    }

    private mutating func run() {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { at = 3 }
        while at < bytes.count {
            if dialect.endsWithBackslashDot, bytes[at...].starts(with: Array("\\.".utf8)),
                at + 2 == bytes.count || lineEnd(at: at + 2) > 0
            {
                return
            }
            let start = at
            do {
                write(try record(), start: start)
            } catch let fault as Fault {
                rows.faults.append("t \(row) \(fault.code) \(fault.at)")
                at = max(start, fault.at)
                while at < bytes.count && !lineEnds.contains(bytes[at]) { at += 1 }
                at += at < bytes.count ? 1 : 0
            } catch {}
            row += 1
        }
    }

    private mutating func record() throws -> [Field] {
        var fields: [Field] = []
        while true {
            fields.append(try field())
            if at >= bytes.count { return fields }
            if bytes[at] == dialect.delimiter {
                at += 1
                continue
            }
            at += lineEnd(at: at)
            return fields
        }
    }

    private mutating func field() throws -> Field {
        if dialect.quotesAnywhere && dialect.quote != nil { return try sections() }
        return bytes.indices.contains(at) && bytes[at] == dialect.quote ? try quoted() : bare()
    }

    /// PostgreSQL's fields: each quote opens or closes, wherever it stands.
    private mutating func sections() throws -> Field {
        let start = at
        var text: [UInt8] = [], open: Int?, hasQuotes = false, pieces = 0
        while true {
            if let open, at >= bytes.count { throw Fault(code: "unclosedQuote", at: open) }
            if open == nil && (at >= bytes.count || bytes[at] == dialect.delimiter || lineEnd(at: at) > 0) { break }
            let byte = bytes[at], next = at + 1 < bytes.count ? bytes[at + 1] : nil
            at += 1
            let escapes =
                dialect.escape != nil && byte == dialect.escape && next != nil
                && (next == dialect.quote || next == dialect.escape)
            if open != nil && (escapes || (byte == dialect.quote && next == byte && dialect.doublesQuotes)) {
                text.append(bytes[at])
                at += 1
            } else if byte == dialect.quote {
                open = open == nil ? at - 1 : nil
                hasQuotes = true
                pieces += 1
            } else {
                text.append(byte)
            }
        }
        let raw = bytes[start ..< at]
        if !hasQuotes && dialect.nulls.contains(where: { Array($0.utf8) == Array(raw) }) { return .null }
        // Where a text begins shows after its quote, if that is around all of it.
        let isWholly = pieces == 2 && raw.first == dialect.quote && raw.last == dialect.quote
        return .text(text, start: isWholly ? start + 1 : start, raw: isWholly ? raw.dropFirst().dropLast() : raw)
    }

    private mutating func bare() -> Field {
        let start = at
        var hasEscape = false
        while at < bytes.count, bytes[at] != dialect.delimiter, lineEnd(at: at) == 0 {
            let escapes = bytes[at] == dialect.escape && dialect.escape != dialect.quote && !dialect.escapesOnlyInQuotes
            hasEscape = hasEscape || escapes
            at += escapes ? 2 : 1
        }
        at = min(at, bytes.count)
        let raw = bytes[start ..< at]
        if dialect.nulls.contains(where: { Array($0.utf8) == Array(raw) }) { return .null }
        let text = hasEscape ? undo(raw, isQuoted: false) : Array(raw)
        if dialect.escapedNull && hasEscape && text == Array("NULL".utf8) && dialect.nulls.contains("NULL") {
            return .null
        }
        return .text(text, start: start, raw: raw)
    }

    private mutating func quoted() throws -> Field {
        let open = at
        at += 1
        while true {
            guard at < bytes.count else { throw Fault(code: "unclosedQuote", at: open) }
            if bytes[at] == dialect.escape && dialect.escape != dialect.quote {
                at += 2
                continue
            }
            guard bytes[at] == dialect.quote else {
                at += 1
                continue
            }
            if at + 1 < bytes.count, bytes[at + 1] == dialect.quote {
                at += 2
                continue
            }
            let isEnd = at + 1 >= bytes.count || bytes[at + 1] == dialect.delimiter || lineEnd(at: at + 1) > 0
            if isEnd || !dialect.quotesCloseAtEnds { break }
            at += 1
        }
        let raw = bytes[(open + 1) ..< at]
        at += 1
        guard at >= bytes.count || bytes[at] == dialect.delimiter || lineEnd(at: at) > 0 else {
            throw Fault(code: "textAfterQuote", at: at)
        }
        if dialect.escapedNull && raw.count == 2 && raw.first == dialect.escape && raw.last == UInt8(ascii: "N") {
            return .null
        }
        return .text(undo(raw, isQuoted: true), start: open + 1, raw: raw)
    }

    /// Doubled quotes and escapes.
    private func undo(_ raw: ArraySlice<UInt8>, isQuoted: Bool) -> [UInt8] {
        let text = Array(raw)
        var out: [UInt8] = [], index = 0
        while index < text.count {
            if text[index] == dialect.escape, dialect.escape != dialect.quote, dialect.escapes != .none,
                index + 1 < text.count
            {
                index += 1
                out += OracleEscapes.undo(text, &index, dialect.escapes == .copy ? .copy : .mysql)
                continue
            }
            out.append(text[index])
            index +=
                isQuoted && text[index] == dialect.quote && index + 1 < text.count && text[index + 1] == dialect.quote
                ? 2 : 1
        }
        return out
    }

    private mutating func write(_ fields: [Field], start: Int) {
        let count = columnCount ?? fields.count
        columnCount = count
        guard fields.count == count else {
            if count > 1, fields.count == 1, at - start <= 2, case .text(_, _, let raw) = fields[0], raw.isEmpty,
                start < bytes.count, bytes[start] != dialect.quote
            {
                return
            }
            if count > 1, fields.count == 1, case .null = fields[0], dialect.nulls.contains(""), lineEnd(at: start) > 0
            {
                return
            }
            rows.faults.append("t \(row) fieldCount \(start)")
            return
        }
        var members: [String] = []
        for (index, field) in fields.enumerated() {
            switch field {
            case .null: members.append("\"c\(index + 1)\":null")
            case .text(let text, let start, let raw):
                guard let string = String(validating: text, as: UTF8.self) else {
                    rows.faults.append("t \(row) badUTF8 \(start + OracleJSON.validPrefix(raw))")
                    return
                }
                members.append("\"c\(index + 1)\":\(OracleJSON.string(string))")
            }
        }
        rows.lines += Array("{\(members.joined(separator: ","))}\n".utf8)
    }
}
