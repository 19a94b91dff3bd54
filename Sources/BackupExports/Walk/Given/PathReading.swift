import BackupBytes

/// One way to read the path of a file of rows: the table, and what may be its schema and database.
///
///     shop/orders/data/1.csv   table orders, in shop                      a tree: the folders are certain
///     shop/orders.csv          table orders, perhaps in shop
///     shop.orders.00001.csv    table orders, in shop
///     shop/orders_0_part0.csv  table orders_0_part0, or a part of orders
///     shop/orders/part-0.csv   a part of orders
struct PathReading {
    var table: String
    /// Schema and database, from the innermost, where the path says them for certain.
    var certain: [String] = []
    /// Folders that may say them, from the innermost, those of the input included.
    var folders: [String] = []
    /// How many of `folders` lie in the input.
    var ownFolders = 0
    /// The table may be what precedes the number of a part.
    var mayBePart = false
    var isTree = false

    /// All of them, the likeliest first. `outer`: the folders in which the input lies, from the outermost.
    static func all(of part: DataPart, outer: [String]) -> [PathReading] {
        var folders = part.location.pathParts
        if part.isTree {
            var outer = outer
            // Without a folder of its own, the input is that of the table.
            guard let table = folders.popLast() ?? outer.popLast() else { return [] }
            return [PathReading(table: table, certain: folders.reversed(), folders: outer.reversed(), isTree: true)]
        }
        let stem = folders.popLast() ?? part.names.last ?? ""
        let around = Surroundings(folders: Array((outer + folders).reversed()), own: folders.count)
        var readings = [around.reading(stem)]
        var names = stem.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        while names.count > 1, names.last?.isNumber == true { names.removeLast() }
        if !names.contains("") && (names.count > 1 || names[0] != stem), let table = names.popLast() {
            let certain = Array(names.suffix(2).reversed())
            for mayBePart in [false, true] {
                readings.append(around.reading(table, certain: certain, mayBePart: mayBePart))
            }
        }
        readings.append(around.reading(stem, mayBePart: true))
        if stem.isPartOfFolder, let table = around.table { readings.append(around.reading(table)) }
        return readings
    }

    /// What precedes the number of a part: `orders` of `orders_0_part0`, the longest first.
    var wholes: [String] {
        let scalars = Array(table.unicodeScalars)
        return (1 ..< max(1, scalars.count)).reversed().compactMap { count in
            guard String(String.UnicodeScalarView(scalars[count...])).isPartNumber else { return nil }
            return String(String.UnicodeScalarView(scalars[..<count]))
        }
    }

    /// `orders_0_part0`: the name of a part in a download.
    var isDownload: Bool { mayBePart && table.firstMatch(of: /_[0-9]+_part[0-9]+$/) != nil }

    /// The same where the table is known.
    func with(table: String) -> PathReading {
        var reading = self
        reading.table = table
        reading.skipFolders()
        return reading
    }

    /// The folder `data` of a tree, and that of the table, say nothing of its database.
    private mutating func skipFolders() {
        for folder in ["data", table] where folders.first == folder {
            folders.removeFirst()
            ownFolders = max(0, ownFolders - 1)
        }
    }

    /// The folders around a file, from the innermost, and how many of them lie in the input.
    private struct Surroundings {
        let folders: [String]
        let own: Int

        /// The table whose folder it is.
        var table: String? { folders.first == "data" ? folders.dropFirst().first : folders.first }

        func reading(_ table: String, certain: [String] = [], mayBePart: Bool = false) -> PathReading {
            PathReading(table: table, certain: certain, folders: folders, ownFolders: own, mayBePart: mayBePart)
        }
    }
}

extension String {
    fileprivate var isNumber: Bool { !isEmpty && allSatisfy(\.isNumber) }

    /// `_0_part0`, `.00001`, `-part-3`; also the whole name of a part.
    var isPartNumber: Bool { wholeMatch(of: /[_.\-]?(part|chunk|data)?[_.\-]?[0-9]+([_.\-](part)?[0-9]+)*/) != nil }

    /// Says no more than that it is a part, as Spark's `part-00000-….snappy` does.
    fileprivate var isPartOfFolder: Bool { isPartNumber || wholeMatch(of: /part-[0-9]+-.*/) != nil }
}
