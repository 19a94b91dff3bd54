import CBackupKernels

/// Memory in which the kernels distinguish the keys of JSON's objects, from value to value.
@safe package final class JSONKeys {
    private(set) var memory: bk_json_memory

    package init() {
        unsafe memory = unsafe bk_json_memory()
        unsafe memory.seed = .random(in: .min ... .max)
        makeRoom(keys: 256, slots: 0)
    }

    deinit {
        unsafe memory.hashes.deallocate()
        unsafe memory.keys.deallocate()
        unsafe memory.slots.deallocate()
    }

    /// Writes JSON text to `out` without the white space between its tokens; both have BK_SLACK bytes more than the
    /// text.
    /// - Returns: bytes written; nil where the text is no JSON, or has a key twice in an object.
    package func writeLine(
        of text: UnsafePointer<UInt8>, _ length: Int, to out: UnsafeMutablePointer<UInt8>
    ) -> Int? {
        var written = 0
        while true {
            let end = unsafe bk_json_line(bk_kernels_in_use(), text, length, 0, out, &written, &memory)
            guard end == BK_JSON_NO_ROOM else { return end == BK_JSON_DONE ? written : nil }
            unsafe grow(for: memory)
        }
    }

    /// Makes room for what a value needed that had too little.
    func grow(for refused: bk_json_memory) {
        unsafe makeRoom(keys: refused.needed_keys, slots: refused.needed_slots)
    }

    private func makeRoom(keys: Int, slots: Int) {
        if unsafe keys > memory.key_capacity {
            unsafe memory.hashes?.deallocate()
            unsafe memory.keys?.deallocate()
            unsafe memory.hashes = .allocate(capacity: keys)
            unsafe memory.keys = .allocate(capacity: keys)
            unsafe memory.key_capacity = keys
        }
        if unsafe slots > memory.slot_capacity || memory.slots == nil {
            unsafe memory.slots?.deallocate()
            unsafe memory.slots = .allocate(capacity: max(1, slots))
            unsafe memory.slot_capacity = slots
        }
    }
}
