import BackupRows

/// A column's type as CREATE TABLE writes it: `decimal(10,2) unsigned`, `enum('a','b')`.
struct DeclaredType {
    /// In lower case, without what stands in brackets.
    let words: [String]
    /// Numbers in brackets.
    let numbers: [Int]
    /// Words of an ENUM or a SET.
    let labels: [String]

    init(_ type: String) {
        var outside = "", inside = "", depth = 0, quote: Character?, labels: [String] = [], label = ""
        var characters = Array(type)[...]
        while let character = characters.popFirst() {
            if let open = quote {
                if character == open {
                    if characters.first == open {
                        label.append(open)
                        characters.removeFirst()
                    } else {
                        labels.append(label)
                        (quote, label) = (nil, "")
                    }
                } else if character == "\\", let next = characters.popFirst() {
                    label.append(Self.unescaped(next))
                } else {
                    label.append(character)
                }
                continue
            }
            switch character {
            case "'", "\"": quote = character
            case "(": depth += 1
            case ")":
                depth -= 1
                outside.append(" ")
            default: if depth == 0 { outside.append(character) } else { inside.append(character) }
            }
        }
        words = outside.lowercased().split { $0.isWhitespace }.map(String.init)
        numbers = labels.isEmpty ? inside.split(separator: ",").compactMap { Int($0.filter(\.isNumber)) } : []
        self.labels = labels
    }

    private static func unescaped(_ character: Character) -> Character {
        switch character {
        case "n": "\n"
        case "t": "\t"
        case "r": "\r"
        case "0": "\0"
        case "b": "\u{8}"
        case "Z": "\u{1A}"
        default: character
        }
    }

    var isUnsigned: Bool { words.contains("unsigned") || words.contains("zerofill") || words.first == "serial" }

    private var word: String {
        let first = words.first ?? ""
        guard first == "national" || first == "long", words.count > 1 else { return first }
        return first == "long" ? "mediumtext" : words[1]
    }

    /// Whether values of it can lie in a column of this type.
    func matches(_ type: ColumnType) -> Bool {
        let codes: [UInt8]
        switch word {
        case "tinyint", "bool", "boolean", "int1": codes = [ColumnType.tiny]
        case "smallint", "int2": codes = [ColumnType.short]
        case "mediumint", "middleint", "int3": codes = [ColumnType.int24]
        case "int", "integer", "int4": codes = [ColumnType.long]
        case "bigint", "serial", "int8": codes = [ColumnType.longLong]
        case "decimal", "dec", "numeric", "fixed", "number":
            let (precision, scale) = (numbers.first ?? 10, numbers.count > 1 ? numbers[1] : 0)
            return type.code == ColumnType.newDecimal && type.size == precision && type.scale == scale
        case "float", "float4":
            let isDouble = numbers.count == 1 && numbers[0] > 24
            codes = [isDouble ? ColumnType.double : ColumnType.float]
        case "double", "real", "float8": codes = [ColumnType.double]
        case "bit": return type.code == ColumnType.bit && type.size == numbers.first ?? 1
        case "char", "character", "nchar", "binary":
            codes = words.contains("varying") ? [ColumnType.varchar] : [ColumnType.string]
        case "uuid", "inet4", "inet6": codes = [ColumnType.string]
        case "varchar", "varbinary", "nvarchar", "varcharacter", "varchar2", "raw":
            // MariaDB says COMPRESSED in a comment of its own, after the type.
            codes = [ColumnType.varchar, ColumnType.compressedVarchar]
        case "tinytext", "tinyblob", "text", "blob", "mediumtext", "mediumblob", "longtext", "longblob", "clob":
            guard type.code == ColumnType.blob || type.code == ColumnType.compressedBlob else { return false }
            let sizes = ["t": 1, "m": 3, "l": 4, "c": 4]
            let size = word == "text" || word == "blob" ? 2 : sizes[String(word.prefix(1))]
            return type.size == size || !numbers.isEmpty
        case "json": return type.code == ColumnType.json || type.code == ColumnType.blob && type.size == 4
        case "date": codes = [ColumnType.date, ColumnType.newDate]
        case "time", "datetime", "timestamp": return matchesTime(type)
        case "year": codes = [ColumnType.year]
        case "enum": codes = [ColumnType.enumeration]
        case "set": codes = [ColumnType.set]
        case "vector": codes = [ColumnType.vector, ColumnType.varchar]
        case "geometry", "point", "linestring", "polygon", "multipoint", "multilinestring", "multipolygon",
            "geometrycollection", "geomcollection":
            codes = [ColumnType.geometry]
        default: return true
        }
        return codes.contains(type.code)
    }

    private func matchesTime(_ type: ColumnType) -> Bool {
        let digits = numbers.first ?? 0
        return switch type.code {
        case ColumnType.time2: word == "time" && type.size == digits
        case ColumnType.dateTime2: word == "datetime" && type.size == digits
        case ColumnType.timestamp2: word == "timestamp" && type.size == digits
        // Forms that have no fraction; MariaDB's older ones with a fraction do not say how many digits it has.
        case ColumnType.time: word == "time" && digits == 0
        case ColumnType.dateTime: word == "datetime" && digits == 0
        case ColumnType.timestamp: word == "timestamp" && digits == 0
        default: false
        }
    }

    /// MariaDB's types that lie in a BINARY.
    var address: ValueForm? {
        switch word {
        case "uuid": .uuid
        case "inet4": .inet4
        case "inet6": .inet6
        default: nil
        }
    }
}
