import BackupRows

/// The first line of delimited text that names its columns. RDS's own script pastes it into SQL as a column list, so
/// names are bare or in backticks; other tools put them in double quotes. All three are read.
enum HeaderLine {
    /// The names in `record`; empty for an empty field.
    static func names(_ record: UnsafeRawBufferPointer, delimiter: UInt8, quote: UInt8?) -> [String] {
        let backtick = UInt8(ascii: "`")
        var names: [String] = [], name: [UInt8] = [], open: UInt8?, index = 0, isAtStart = true
        while index < record.count {
            let byte = unsafe record[index]
            index += 1
            if let mark = open {
                if byte != mark {
                    name.append(byte)
                } else if unsafe index < record.count && record[index] == mark {
                    name.append(mark)
                    index += 1
                } else {
                    open = nil
                }
            } else if isAtStart && (byte == quote || byte == backtick) {
                open = byte
                isAtStart = false
            } else if byte == delimiter {
                names.append(String(decoding: name, as: UTF8.self))
                name = []
                isAtStart = true
            } else {
                name.append(byte)
                isAtStart = false
            }
        }
        names.append(String(decoding: name, as: UTF8.self))
        return names
    }
}
