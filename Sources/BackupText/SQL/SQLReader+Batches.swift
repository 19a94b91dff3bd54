import BackupBytes
import BackupRows
import CBackupKernels

/// Marked rows as batches, when their slab is given away:
///
///     slab      t (1) · u (2) · t (3) (4) · u (5)        statements, as they lie
///     runs      t 1   ·  u 1  ·  t 2      ·  u 1         rows with the same head
///     batches   t (1) (3) (4)   u (2) (5)                one a table, which share the slab
///
/// Rows of a table keep their order: where its layout changes, another batch begins.
extension SQLReader {
    func endBatch() throws {
        guard !marks.isEmpty else { return }
        let full = marks, groups = groups(of: full), pool = isWide ? setup.widePool : setup.pool
        isWide = groups.count > Self.fewTables
        let (slab, offset) = buffer.detach(next: isWide ? setup.widePool : setup.pool)
        marks = setup.marks.take()
        (marks.head, marks.hasTuples) = (full.head, full.hasTuples)
        let shared = RowSlab(slab, offset: offset, isShared: groups.count > 1, pool: pool)
        if groups.count == 1 {
            try append(full, groups[0].layout, shared)
        } else {
            for group in groups {
                let own = full.copy(runs: group.runs, rowCount: group.rowCount, fieldCount: group.fieldCount)
                try append(own, group.layout, shared)
            }
            setup.marks.giveBack(full)
        }
        marks.head = heads.tidy(keeping: marks.head)
    }

    private func append(_ marks: Marks, _ layout: RowLayout, _ slab: RowSlab) throws {
        let facts = try facts(of: layout), first = try catalog.count(unsafe marks.rows.count, key: facts.countKey) + 1
        if facts.isView { noteRowsOfView(layout.table, marks, slab) }
        session.noteBatch(of: layout.table)
        marks.arrangeFields(layout)
        let arena = unsafe marks.resolveTypedLiterals(layout, session.dialect, slab.base)
        if case .copy(let options, _) = mode, options.forcesNulls {
            unsafe marks.forceNulls(options, layout, slab.base)
        }
        waiting.append(
            .rows(
                RowBatch(
                    layout: layout, origin: setup.origin, firstRowNumber: first, slab: slab, marks: marks, arena: arena,
                    setup: setup)))
    }

    private func facts(of layout: RowLayout) throws -> TableFacts {
        if let known = facts[ObjectIdentifier(layout)] { return known }
        let table = layout.table
        let new = TableFacts(
            layout: layout, isView: try catalog.isView(table) && !catalog.isSequence(table),
            countKey: catalog.key(table, in: setup.origin))
        if facts.count >= Int(BK_HEADS) { facts.removeAll() }
        facts[ObjectIdentifier(layout)] = new
        return new
    }

    /// More tables in one slab, and the next one is large.
    private static var fewTables: Int { 8 }

    /// Rows of one batch.
    private struct Group {
        let layout: RowLayout
        var runs: [Int32] = []
        var rowCount = 0
        var fieldCount = 0
    }

    private func groups(of marks: Marks) -> [Group] {
        let runs = unsafe marks.runs
        guard !runs.isEmpty else { return copy.map { [Group(layout: $0.layout)] } ?? [] }
        var groups: [Group] = []
        // By the number of a head and of a table: the group that its rows are in, plus one.
        var ofHead = [Int32](repeating: 0, count: heads.count), ofTable = ofHead
        for run in runs.indices {
            let number = unsafe Int(runs[run].head), rows = marks.rows(ofRun: run)
            if rows.isEmpty { continue }
            var group = Int(ofHead[number]) - 1
            if group < 0 || ofTable[heads.table(number)] != ofHead[number] {
                guard let layout = heads[UInt32(number)].layout else { continue }
                group = Int(ofTable[heads.table(number)]) - 1
                if group < 0 || groups[group].layout !== layout {
                    group = groups.count
                    groups.append(Group(layout: layout))
                }
                ofHead[number] = Int32(group + 1)
                ofTable[heads.table(number)] = Int32(group + 1)
            }
            groups[group].runs.append(Int32(run))
            groups[group].rowCount += rows.count
            groups[group].fieldCount += marks.fieldCount(ofRows: rows)
        }
        return groups
    }

    /// Rows of the table that are marked.
    func markedRows(of table: TableName) -> Int {
        var count = 0
        for run in unsafe marks.runs.indices where unsafe heads[marks.runs[run].head].table == table {
            count += marks.rows(ofRun: run).count
        }
        return count
    }

    /// Tables that rows are marked of.
    var markedTables: Set<TableName> {
        var tables: Set<TableName> = []
        for run in unsafe marks.runs.indices where !marks.rows(ofRun: run).isEmpty {
            tables.insert(unsafe heads[marks.runs[run].head].table)
        }
        return tables
    }
}
