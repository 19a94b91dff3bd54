import CBackupKernels

extension RowLayout {
    /// The bytes of a field of `input` with doubled quotes undone, and escapes where `undoesEscapes`; nil: one of them
    /// means nothing.
    package func text(
        of field: bk_field, in input: UnsafePointer<UInt8>, undoesEscapes: Bool
    ) -> [UInt8]? {
        var plan = unsafe plan.kernel, batch = unsafe bk_batch()
        unsafe batch.in = unsafe input
        if !undoesEscapes { unsafe plan.escapes = UInt8(BK_ESCAPES_NONE.rawValue) }
        let length = Int(field.end & UInt32(BK_OFFSET)) - Int(field.start & UInt32(BK_OFFSET))
        var text = [UInt8](repeating: 0, count: length + 2 * Int(BK_SLACK))
        let count = unsafe text.withUnsafeMutableBufferPointer {
            Int(unsafe bk_unescape(&batch, &plan, field, $0.baseAddress))
        }
        return count < 0 ? nil : Array(text[..<count])
    }
}
