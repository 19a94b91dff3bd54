import CBackupKernels

/// What lines that are put together from pieces need to know: a piece is a key and its value.
extension RowLayout {
    /// What the values of a column become, where that is plain to see.
    package enum PieceValue {
        /// Digits, as they are.
        case digits
        /// Digits in quotes.
        case quotedDigits
        /// Text, or digits, in quotes.
        case text
    }

    /// nil: it takes more than that.
    package func pieceValue(ofColumn index: Int) -> PieceValue? {
        guard rules[index].preparation == .none else { return nil }
        return switch rules[index].kernel {
        case BK_RULE_NUMBER: .digits
        case BK_RULE_NUMBER_TEXT: .quotedDigits
        case BK_RULE_TEXT, BK_RULE_QUOTED_TEXT: .text
        default: nil
        }
    }

    /// `,"name":` and the opening quote. It lives as long as the layout, and more can be read past its end.
    package func pieceKey(ofColumn index: Int) -> UnsafeBufferPointer<UInt8> {
        let column = unsafe plan.kernel.columns[index]
        return unsafe UnsafeBufferPointer(start: column.key, count: Int(column.key_length))
    }

    /// Whether a row without a value has a piece all the same.
    package var writesNulls: Bool { !lines.values.omitsNulls }

    /// A layout of this column alone, whose lines are its pieces in braces.
    package func piece(ofColumn index: Int) -> RowLayout {
        var column = columns[index], spelling = spelling, lines = lines
        column.name = keys[index]
        spelling.columnForms = [spelling.binaryForm(ofColumn: index)]
        lines.tagKey = nil
        return RowLayout(table: table, columns: [column], spelling: spelling, lines: lines)
    }

    /// What every line begins with, where a comma stands for the brace. It lives as long as the layout, and more can be
    /// read past its end.
    package var piecePrefix: UnsafeBufferPointer<UInt8> {
        let plan = unsafe plan.kernel
        return unsafe UnsafeBufferPointer(start: plan.prefix, count: Int(plan.prefix_length))
    }
}
