import BackupRows
import CBackupKernels

/// PostgreSQL's array text, `{1,NULL,"a b",{…}}` (manual, "Array Input and Output Syntax"), as a JSON array, a byte
/// at a time: what the kernels must equal.
@safe public struct OraclePostgresArray {
    private let text: UnsafeBufferPointer<UInt8>
    private let element: EmitRule
    private var at = 0
    private var out: [UInt8] = []
    private struct NotPlain: Error {}

    /// nil where the text form is not plain (bounds, an element that is not of the declared type): it then stays a
    /// string.
    package static func json(_ text: UnsafeBufferPointer<UInt8>, element: EmitRule, hexOutput: Bool) -> [UInt8]? {
        var scanner = unsafe OraclePostgresArray(text: text, element: element, hexOutput: hexOutput)
        guard (try? scanner.array()) != nil, scanner.at == text.count else { return nil }
        return scanner.out
    }

    private let hexOutput: Bool
    private init(text: UnsafeBufferPointer<UInt8>, element: EmitRule, hexOutput: Bool) {
        unsafe self.text = unsafe text
        self.element = element
        self.hexOutput = hexOutput
    }

    private var next: UInt8 { unsafe at < text.count ? text[at] : 0 }

    /// PostgreSQL's own limit (MAXDIM): more is not an array, and would go as deep as there is text.
    private static let dimensionLimit = 6

    private mutating func array(dimension: Int = 1) throws {
        guard next == UInt8(ascii: "{"), dimension <= Self.dimensionLimit else { throw NotPlain() }
        at += 1
        out.append(UInt8(ascii: "["))
        if next == UInt8(ascii: "}") {
            at += 1
            out.append(UInt8(ascii: "]"))
            return
        }
        while true {
            if next == UInt8(ascii: "{") { try array(dimension: dimension + 1) } else { try item() }
            let separator = next
            at += 1
            switch separator {
            case UInt8(ascii: ","): out.append(UInt8(ascii: ","))
            case UInt8(ascii: "}"):
                out.append(UInt8(ascii: "]"))
                return
            default: throw NotPlain()
            }
        }
    }

    private mutating func item() throws {
        var bytes: [UInt8] = []
        if next == UInt8(ascii: "\"") {
            at += 1
            while next != UInt8(ascii: "\"") {
                if next == UInt8(ascii: "\\") { at += 1 }
                guard unsafe at < text.count else { throw NotPlain() }
                unsafe bytes.append(text[at])
                at += 1
            }
            at += 1
        } else {
            while unsafe at < text.count, next != UInt8(ascii: ","), next != UInt8(ascii: "}") {
                guard next != UInt8(ascii: "\\"), next != UInt8(ascii: "\""), next != UInt8(ascii: "{") else {
                    throw NotPlain()
                }
                bytes.append(next)
                at += 1
            }
            if bytes.count == 4, String(decoding: bytes, as: UTF8.self).uppercased() == "NULL" {
                out += Array("null".utf8)
                return
            }
        }
        try write(bytes)
    }

    private mutating func write(_ bytes: [UInt8]) throws {
        if case .embedJSON = element.preparation, let json = OracleJSONLine.oneLine(bytes) {
            out += json
            return
        }
        var plan = unsafe bk_plan(), replaced = 0, fault = BK_FAULT_NONE
        unsafe plan.hex_output = hexOutput ? 1 : 0
        try unsafe bytes.withUnsafeBufferPointer { buffer in
            // An empty array has no address, and the kernel asks for one.
            var none: UInt8 = 0
            try unsafe withUnsafePointer(to: &none) { none in
                var value = unsafe bk_value(
                    text: buffer.baseAddress ?? none, length: buffer.count, kind: BK_QUOTED.rawValue, is_utf8: 0,
                    is_raw: 1, padding: 0)
                let room = unsafe bk_value_room(&value, element.kernel, 0, &plan)
                let start = out.count
                out += [UInt8](repeating: 0, count: room + Int(BK_SLACK))
                let written = unsafe out.withUnsafeMutableBufferPointer {
                    unsafe bk_emit_value(
                        &value, element.kernel, 0, &plan, $0.baseAddress! + start, &replaced, &fault)
                }
                guard written >= 0 else { throw NotPlain() }
                out.removeLast(out.count - start - written)
            }
        }
    }
}
