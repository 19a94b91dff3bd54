/// A byte of a log among several: `mysql-bin.000054:1234`.
package struct LogPosition: Codable, Sendable, Hashable {
    package var file: String
    package var position: Int

    package init(file: String, position: Int) { (self.file, self.position) = (file, position) }

    /// `FILE:POS`; nil: it is none.
    package init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":"), colon > text.startIndex,
            let position = Int(text[text.index(after: colon)...]), position >= 0
        else { return nil }
        self.init(file: String(text[..<colon]), position: position)
    }

    package var description: String { "\(file):\(position)" }

    /// The number at the end of a log's name, by which a server counts its logs.
    var number: Int? { Self.number(of: file) }

    static func number(of file: String) -> Int? {
        guard let dot = file.lastIndex(of: ".") else { return nil }
        let digits = file[file.index(after: dot)...]
        return digits.utf8.count >= 6 ? Int(digits) : nil
    }

    /// Whether this byte comes before another one; logs are in the order of their numbers.
    func precedes(_ other: LogPosition) -> Bool {
        if file == other.file { return position < other.position }
        if let number, let otherNumber = other.number, number != otherNumber { return number < otherNumber }
        return file < other.file
    }
}
