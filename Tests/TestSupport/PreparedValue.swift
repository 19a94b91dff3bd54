import BackupRows
import CBackupKernels

/// Values as the kernels make them ready, one at a time.
package struct PreparedValue {
    private let kernels: UnsafePointer<bk_kernels>
    package let name: String

    /// By every implementation that this CPU can run, the plain one first.
    package static var all: [PreparedValue] {
        (0...).lazy.map { bk_kernels_at($0) }.prefix { $0 != nil }.map { .init($0!) }
    }

    /// By the implementation that is in use.
    package static var inUse: PreparedValue { .init(bk_kernels_in_use()) }

    private init(_ kernels: UnsafePointer<bk_kernels>) {
        self.kernels = kernels
        name = String(cString: kernels.pointee.name)
    }

    /// The text on one line; nil: it is no JSON, or has a key twice.
    package func jsonLine(_ text: [UInt8]) -> [UInt8]? {
        withMemory { memory in
            var out = [UInt8](repeating: 0, count: text.count + Int(BK_SLACK)), written = 0
            let end = bk_json_line(kernels, padded(text), text.count, 0, &out, &written, &memory)
            return (end, Array(out.prefix(written)))
        }
    }

    /// The array as JSON; nil: it is not plain.
    package func jsonArray(_ text: [UInt8], element: EmitRule, hexOutput: Bool) -> [UInt8]? {
        let isJSON = if case .embedJSON = element.preparation { true } else { false }
        var room = 16
        return withMemory { memory in
            room *= 2
            var out = [UInt8](repeating: 0, count: room + Int(BK_SLACK)), written = 0
            let input = padded(text)
            let end = input.withUnsafeBufferPointer { input in
                out.withUnsafeMutableBufferPointer { out in
                    withUnsafeMutablePointer(to: &memory) { memory in
                        var array = bk_array()
                        array.kernels = kernels
                        (array.text, array.length) = (input.baseAddress, text.count)
                        array.elements = bk_elements(
                            rule: element.kernel.rawValue, is_json: isJSON ? 1 : 0, hex_output: hexOutput ? 1 : 0)
                        (array.out, array.end) = (out.baseAddress, out.baseAddress! + room)
                        array.memory = memory
                        let end = kernels.pointee.array(&array)
                        written = array.out - out.baseAddress!
                        return end
                    }
                }
            }
            return (end, Array(out.prefix(written)))
        }
    }

    /// The bytes of base64 text; nil: it is none.
    package func base64(_ text: [UInt8]) -> [UInt8]? {
        var out = [UInt8](repeating: 0, count: text.count + Int(BK_SLACK))
        let count = kernels.pointee.decode_base64(padded(text), text.count, &out)  // SIZE_MAX is -1 here
        return count < 0 ? nil : Array(out.prefix(count))
    }

    private func padded(_ text: [UInt8]) -> [UInt8] {
        text + [UInt8](repeating: UInt8(ascii: "\""), count: Int(BK_SLACK))
    }

    /// Calls again with more memory for keys as long as there is too little.
    private func withMemory(_ body: (inout bk_json_memory) -> (bk_json_end, [UInt8])) -> [UInt8]? {
        var keys = 1, slots = 1
        while true {
            var memory = bk_json_memory()
            (memory.key_capacity, memory.slot_capacity, memory.seed) = (keys, slots, 12345)
            (memory.hashes, memory.keys, memory.slots) = (
                .allocate(capacity: keys), .allocate(capacity: keys), .allocate(capacity: slots)
            )
            defer {
                memory.hashes.deallocate()
                memory.keys.deallocate()
                memory.slots.deallocate()
            }
            let (end, bytes) = body(&memory)
            if end == BK_JSON_DONE { return bytes }
            if end == BK_JSON_INVALID { return nil }
            (keys, slots) = (max(keys, memory.needed_keys), max(slots, memory.needed_slots))
        }
    }
}
