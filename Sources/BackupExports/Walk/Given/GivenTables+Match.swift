import BackupBytes
import BackupRows
import BackupText

extension GivenTables {
    /// The table of a file of rows. Names decide: of its database (and schema) and table where the path has them, else
    /// of the table alone where one table has it. `filter` decides between tables that differ in nothing else.
    ///
    /// `outer`: the folders in which the input lies, from the outermost. `isNameless`: the file is a stream without a
    /// name.
    func match(
        _ part: DataPart, outer: [String], isNameless: Bool, dialect: SQLDialect.Family?, _ filter: TableFilter
    ) -> GivenMatch {
        if isEmpty { return .none }
        if isNameless { return only(all.filter { filter.wants($0.name) }) }
        for reading in PathReading.all(of: part, outer: outer) {
            for name in reading.mayBePart ? reading.wholes : [reading.table] {
                let match = best(
                    of: tables(called: name), reading.isTree ? reading : reading.with(table: name),
                    isDownload: reading.isDownload, dialect, filter)
                if case .none = match { continue }
                return match
            }
        }
        // A name that says nothing, and a table that the user names.
        guard part.isAlone, !filter.included.isEmpty else { return .none }
        let wanted = all.filter { filter.wants($0.name) }
        return wanted.count == 1 ? only(wanted) : .none
    }

    private func only(_ tables: [Table]) -> GivenMatch {
        switch tables.count {
        case 0: .none
        case 1: .table(.init(table: tables[0], qualifiers: []))
        default: .several(tables.map(\.name))
        }
    }

    /// Those with the most of their schema and database in the path.
    private func best(
        of tables: [Table], _ reading: PathReading, isDownload: Bool, _ dialect: SQLDialect.Family?,
        _ filter: TableFilter
    ) -> GivenMatch {
        var best: [Table] = [], most = 0
        for table in tables {
            guard let count = reading.agreement(with: table.name), count >= most || best.isEmpty else { continue }
            if count > most { best.removeAll() }
            most = count
            best.append(table)
        }
        for isLikelier: (Table) -> Bool in [{ $0.family == dialect }, { filter.wants($0.name) }] where best.count > 1 {
            let likelier = best.filter(isLikelier)
            if !likelier.isEmpty { best = likelier }
        }
        guard let table = best.first else { return .none }
        if best.count > 1 { return .several(best.map(\.name).sorted()) }
        let own = reading.folders.prefix(reading.ownFolders)
        var found = GivenMatch.Found(table: table, qualifiers: reading.certain + own)
        found.isDownload = isDownload
        if most == 0 && reading.certain.isEmpty && table.name.parts.count > 1 { found.otherFolder = own.first }
        return .table(found)
    }
}

extension PathReading {
    /// How many of the table's schema and database the path has; nil: it says that it is another table.
    fileprivate func agreement(with name: TableName) -> Int? {
        let whole = agreement(with: [name.schema, name.database].compactMap { $0 })
        // `shop.orders.csv` of PostgreSQL: the database, and no schema.
        guard !isTree, name.schema != nil, let database = name.database,
            let count = agreement(with: [database]), count > 0
        else { return whole }
        return max(whole ?? 0, count)
    }

    private func agreement(with outer: [String]) -> Int? {
        let path = certain + folders
        var count = 0, isOver = false
        for (index, name) in outer.enumerated() {
            let isSame = index < path.count && path[index].lowercased() == name.lowercased()
            if !isSame && index < certain.count { return nil }
            isOver = isOver || !isSame
            if !isOver { count += 1 }
        }
        return count
    }
}
