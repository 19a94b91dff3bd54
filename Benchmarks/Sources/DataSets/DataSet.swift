/// A named input, made from a seed: the same bytes on every machine.
public enum DataSet: String, CaseIterable, Sendable {
    case narrow, orders, wide, text, unicode, blobs
    case ordersInserts = "orders-inserts", textInserts = "text-inserts"
    case ordersCopy = "orders-copy", textCopy = "text-copy"

    /// The name of its file.
    public var fileName: String {
        switch self {
        case .narrow, .orders, .wide, .text, .unicode: "\(rawValue).csv"
        default: "\(rawValue).sql"
        }
    }

    /// At least `size` bytes of whole rows, in pieces.
    public func make(size: Int, _ write: ([UInt8]) throws -> Void) rethrows {
        switch self {
        case .narrow: try csv(.narrow, size, write)
        case .orders: try csv(.orders, size, write)
        case .wide: try csv(.wide, size, write)
        case .text: try csv(.text, size, write)
        case .unicode: try csv(.unicode, size, write)
        case .blobs: try blobs(size, write)
        case .ordersInserts: try inserts(.orders, size, write)
        case .textInserts: try inserts(.text, size, write)
        case .ordersCopy: try copy(.orders, size, write)
        case .textCopy: try copy(.text, size, write)
        }
    }

    /// All of it in memory.
    public func bytes(size: Int) -> [UInt8] {
        var all: [UInt8] = []
        make(size: size) { all += $0 }
        return all
    }

    // MARK: Forms

    /// Rows are made once and repeated: making them is slow, and 2 MiB of them are more than any cache of history sees.
    private func rows(
        _ table: Table, _ size: Int, _ write: ([UInt8]) throws -> Void, _ line: ([String?], Int) -> String
    ) rethrows {
        var random = Seeded(7), block: [UInt8] = [], n = 0
        while block.count < min(size, 2 << 20) {
            block += Array(line(table.row(&random, n), n).utf8)
            n += 1
        }
        var written = 0
        repeat {
            try write(block)
            written += block.count
        } while written < size
    }

    private func csv(_ table: Table, _ size: Int, _ write: ([UInt8]) throws -> Void) rethrows {
        try write(Array((table.columns.map(\.name).joined(separator: ",") + "\n").utf8))
        try rows(table, size, write) { row, _ in row.map { Self.csvField($0 ?? "") }.joined(separator: ",") + "\n" }
    }

    private static func csvField(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { $0 != 0x22 && $0 != 0x2C && $0 != 0x0A }
        return isPlain
            ? text
            : "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }

    private static func escaped(_ text: String, _ table: [UInt8: String]) -> String {
        var out: [UInt8] = []
        for byte in text.utf8 { if let escape = table[byte] { out += Array(escape.utf8) } else { out.append(byte) } }
        return String(decoding: out, as: UTF8.self)
    }

    private func inserts(_ table: Table, _ size: Int, _ write: ([UInt8]) throws -> Void) rethrows {
        let columns = table.columns.map { "  `\($0.name)` \($0.type)" }.joined(separator: ",\n")
        // ClickHouse's reader skips an INSERT right after the CREATE TABLE; mysqldump has these lines between.
        let lock = "LOCK TABLES `\(table.name)` WRITE;\n/*!40000 ALTER TABLE `\(table.name)` DISABLE KEYS */;\n"
        try write(
            Array(
                ("-- MySQL dump 10.13\nCREATE TABLE `\(table.name)` (\n\(columns)\n"
                    + ") ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;\n\n\(lock)").utf8))
        let escapes: [UInt8: String] = [0x27: "\\'", 0x22: "\\\"", 0x5C: "\\\\", 0x0A: "\\n"]
        let perStatement = 2000
        try rows(table, size, { block in try write(block + Array(";\n".utf8)) }) { row, n in
            let values = zip(row, table.columns).map { value, column in
                value.map { column.isNumber ? $0 : "'" + Self.escaped($0, escapes) + "'" } ?? "NULL"
            }
            let head =
                n == 0
                ? "INSERT INTO `\(table.name)` VALUES "
                : n % perStatement == 0 ? ";\nINSERT INTO `\(table.name)` VALUES " : ","
            return head + "(" + values.joined(separator: ",") + ")"
        }
        try write(
            Array(
                ("/*!40000 ALTER TABLE `\(table.name)` ENABLE KEYS */;\nUNLOCK TABLES;\n"
                    + "-- Dump completed on 2024-01-01\n").utf8))
    }

    private func copy(_ table: Table, _ size: Int, _ write: ([UInt8]) throws -> Void) rethrows {
        let types = [
            "int": "integer", "decimal(12,2)": "numeric(12,2)", "decimal(8,2)": "numeric(8,2)", "date": "date",
        ]
        let columns = table.columns.map { "    \($0.name) \(types[$0.type] ?? "text")" }.joined(separator: ",\n")
        let names = table.columns.map(\.name).joined(separator: ", ")
        try write(
            Array(
                ("--\n-- PostgreSQL database dump\n--\n\nCREATE TABLE public.\(table.name) (\n\(columns)\n);\n\n"
                    + "COPY public.\(table.name) (\(names)) FROM stdin;\n").utf8))
        let escapes: [UInt8: String] = [0x5C: "\\\\", 0x0A: "\\n", 0x09: "\\t"]
        try rows(table, size, write) { row, _ in
            row.map { $0.map { Self.escaped($0, escapes) } ?? "\\N" }.joined(separator: "\t") + "\n"
        }
        try write(Array("\\.\n\n--\n-- PostgreSQL database dump complete\n--\n".utf8))
    }

    private func blobs(_ size: Int, _ write: ([UInt8]) throws -> Void) rethrows {
        try write(
            Array(
                ("-- MySQL dump 10.13\nCREATE TABLE `blobs` (\n  `id` int,\n  `raw` longblob,\n  `hex` longblob\n"
                    + ") ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;\n").utf8))
        var random = Seeded(9), written = 0, n = 0
        while written < size {
            var line = Array("INSERT INTO `blobs` VALUES (\(n),_binary '".utf8)
            for _ in 0 ..< 1500 {
                let byte = UInt8(truncatingIfNeeded: random.next())
                switch byte {
                case 0: line += [0x5C, 0x30]
                case 0x0A: line += [0x5C, 0x6E]
                case 0x0D: line += [0x5C, 0x72]
                case 0x1A: line += [0x5C, 0x5A]
                case 0x22, 0x27, 0x5C: line += [0x5C, byte]
                default: line.append(byte)
                }
            }
            line += Array("',0x".utf8)
            for _ in 0 ..< 1500 { line.append(Array("0123456789ABCDEF".utf8)[random.below(16)]) }
            line += Array(");\n".utf8)
            try write(line)
            written += line.count
            n += 1
        }
        try write(Array("-- Dump completed on 2024-01-01\n".utf8))
    }
}
