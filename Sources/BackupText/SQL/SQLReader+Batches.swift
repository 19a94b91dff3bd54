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
        let full = marks, groups = unsafe heads.group(full), pool = isWide ? setup.widePool : setup.pool
        isWide = unsafe groups.count > Self.fewTables
        let (slab, offset) = buffer.detach(next: isWide ? setup.widePool : setup.pool)
        marks = setup.marks.take()
        (marks.head, marks.hasTuples) = (full.head, full.hasTuples)
        let shared = RowSlab(slab, offset: offset, isShared: unsafe groups.count > 1, pool: pool)
        if unsafe groups.isEmpty, let copy {
            try append(full, copy.layout, shared)
        } else if unsafe groups.count == 1, let layout = unsafe heads.layout(of: groups[0]) {
            try append(full, layout, shared)
        } else {
            for (layout, own) in unsafe heads.apart(full, groups) { try append(own, layout, shared) }
            setup.marks.giveBack(full)
        }
        marks.head = heads.tidy(keeping: marks.head)
    }

    /// The lines of COPY in the slab as a batch that a worker marks.
    /// - Returns: false where they have to be marked here.
    func appendCounted(_ options: CopyOptions) throws -> Bool {
        guard let copy, marks.isEmpty, !options.forcesNulls else { return false }
        let facts = try facts(of: copy.layout)
        guard !facts.isView, let count = counter.count(buffer, options.dialect, marks) else { return false }
        advance(to: count.end)
        let pool = isWide ? setup.widePool : setup.pool
        isWide = false
        let (slab, offset) = buffer.detach(next: setup.pool)
        session.noteBatch(of: copy.layout.table)
        waiting.append(
            .rows(
                .unmade(
                    CountedRows(
                        layout: copy.layout, setup: setup, dialect: options.dialect,
                        slab: RowSlab(slab, offset: offset, pool: pool), range: count.range, rowCount: count.rows,
                        firstRowNumber: try catalog.count(count.rows, facts.counter) + 1))))
        return true
    }

    private func append(_ marks: Marks, _ layout: RowLayout, _ slab: RowSlab) throws {
        let facts = try facts(of: layout), first = try catalog.count(unsafe marks.rows.count, facts.counter) + 1
        if facts.isView { noteRowsOfView(layout.table, marks, slab) }
        session.noteBatch(of: layout.table)
        marks.arrangeFields(layout)
        let arena = unsafe marks.resolveTypedLiterals(layout, session.dialect, slab.base)
        if case .copy(let options, _) = mode, options.forcesNulls {
            unsafe marks.forceNulls(options, layout, slab.base)
        }
        waiting.append(
            .rows(
                .marked(
                    RowBatch(
                        layout: layout, origin: setup.origin, firstRowNumber: first, slab: slab, marks: marks,
                        arena: arena, setup: setup))))
    }

    private func facts(of layout: RowLayout) throws -> TableFacts {
        if let known = facts[ObjectIdentifier(layout)] { return known }
        let table = layout.table
        let new = TableFacts(
            layout: layout, isView: try catalog.isView(table) && !catalog.isSequence(table),
            counter: try catalog.counter(of: table, in: setup.origin))
        if facts.count >= Int(BK_HEADS) { facts.removeAll() }
        facts[ObjectIdentifier(layout)] = new
        return new
    }

    /// More tables in one slab, and the next one is large.
    private static var fewTables: Int { 8 }

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
