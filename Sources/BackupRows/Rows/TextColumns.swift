import CBackupKernels
import CCharsetTables

/// The columns of text of a table some of whose text is in other charsets than UTF-8: what the kernels decode, or
/// check, in one pass over the rows.
///
/// Unchecked because of its memory, which the kernels read. The rule: nothing writes it after `init`.
@safe final class TextColumns: @unchecked Sendable {
    let kernel: UnsafeMutableBufferPointer<bk_text_column>
    private let decoded: Set<Int>

    /// nil: no text is for the kernels to decode.
    init?(_ rules: [EmitRule], _ spelling: RowSpelling) {
        var decoded: Set<Int> = []
        let columns = unsafe rules.enumerated().compactMap { index, rule -> bk_text_column? in
            var column = unsafe bk_text_column()
            unsafe column.column = UInt32(index)
            if case .decode(let charset) = rule.preparation {
                // Others need a decoder with a state, or are not ASCII where they look so: their values are prepared
                // one by one.
                guard let table = unsafe charset.kernelTable else { return nil }
                unsafe column.charset = table
                unsafe column.multibyte = charset.multibyte
                unsafe column.escaped_with = spelling.hasColumnCharsets ? charset.multibyte : spelling.multibyte
                unsafe column.refuses_utf8 = spelling.refusesUTF8 ? 1 : 0
                decoded.insert(index)
                return unsafe column
            }
            return unsafe rule.writesText ? column : nil
        }
        if decoded.isEmpty { return nil }
        self.decoded = decoded
        unsafe kernel = .allocate(capacity: columns.count)
        _ = unsafe kernel.initialize(from: columns)
    }

    deinit { unsafe kernel.deallocate() }

    /// Whether the kernels decode the column with this number, and not its `ColumnPreparation`.
    func decodes(_ column: Int) -> Bool { decoded.contains(column) }
}

extension EmitRule {
    /// Whether values that stand in the input may be written as the text that they are. JSON in another charset never
    /// stays there.
    fileprivate var writesText: Bool {
        if case .embedJSON(.some) = preparation { return false }
        return switch kernel {
        case BK_RULE_TEXT, BK_RULE_QUOTED_TEXT, BK_RULE_TRIMMED_TEXT, BK_RULE_PADDED_TEXT, BK_RULE_LITERAL: true
        default: false
        }
    }
}
