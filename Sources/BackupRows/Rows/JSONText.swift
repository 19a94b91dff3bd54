import CBackupKernels

/// Values as JSON, one at a time.
package enum JSONText {
    /// Text as the inside of a JSON string.
    static func escape(_ text: [UInt8]) -> [UInt8] {
        var escaped = [UInt8](repeating: 0, count: text.count * 6 + 1)
        let length = unsafe bk_escape_json(text, text.count, &escaped)
        return Array(escaped[..<length])
    }

    package static func string(_ text: String) -> [UInt8] { quoted(escape(Array(text.utf8))) }

    static func member(_ key: String, _ value: [UInt8]) -> [UInt8] { string(key) + [UInt8(ascii: ":")] + value }

    /// Bytes as base64 or hex in a string.
    package static func binary(_ bytes: UnsafeRawBufferPointer, isHex: Bool) -> [UInt8] {
        var plan = unsafe bk_plan(), replaced = 0, fault = BK_FAULT_NONE
        unsafe plan.hex_output = isHex ? 1 : 0
        var value = unsafe bk_value(
            text: bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), length: bytes.count, kind: BK_QUOTED.rawValue,
            is_utf8: 0, is_raw: 1, padding: 0)
        var out = unsafe [UInt8](repeating: 0, count: bk_value_room(&value, BK_RULE_BYTES, 0, &plan) + Int(BK_SLACK))
        let length = unsafe bk_emit_value(&value, BK_RULE_BYTES, 0, &plan, &out, &replaced, &fault)
        return Array(out[..<length])
    }

    private static func quoted(_ text: [UInt8]) -> [UInt8] { [UInt8(ascii: "\"")] + text + [UInt8(ascii: "\"")] }
}
