import Foundation

/// How wide a terminal is: a progress line that is longer would leave its pieces on the screen.
struct TerminalWidth {
    let columns: Int

    /// Of standard error; 80 where it says nothing.
    static var current: TerminalWidth {
        var size = winsize()
        let isKnown = ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
        return TerminalWidth(columns: isKnown ? Int(size.ws_col) : 80)
    }

    /// The text, or its beginning and `…`; one column stays free.
    func cut(_ text: String) -> String {
        var width = 0
        for index in text.unicodeScalars.indices {
            width += Self.width(text.unicodeScalars[index])
            if width > columns - 1 { return shortened(text) }
        }
        return text
    }

    private func shortened(_ text: String) -> String {
        var width = 1, out = ""
        for scalar in text.unicodeScalars {
            width += Self.width(scalar)
            if width > columns - 1 { break }
            out.unicodeScalars.append(scalar)
        }
        return out + "…"
    }

    /// Chinese, Japanese, Korean and most pictures take two columns.
    private static func width(_ scalar: Unicode.Scalar) -> Int {
        switch scalar.value {
        case 0 ..< 0x300: 1
        case 0x1100 ... 0x115F, 0x2E80 ... 0xA4CF, 0xAC00 ... 0xD7A3, 0xF900 ... 0xFAFF, 0xFE30 ... 0xFE6F,
            0xFF00 ... 0xFF60, 0xFFE0 ... 0xFFE6:
            2
        case 0x1F300 ... 0x1FAFF, 0x20000 ... 0x3FFFD: 2
        default: [.nonspacingMark, .enclosingMark].contains(scalar.properties.generalCategory) ? 0 : 1
        }
    }
}
