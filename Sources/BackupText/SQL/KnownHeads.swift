import BackupRows
import CBackupKernels

/// The heads of INSERTs that the kernels find again, by their numbers.
@safe final class KnownHeads {
    private var all: [InsertHead] = []
    /// By a table, the number of its first head.
    private var tables: [TableName: UInt32] = [:]
    /// Numbers that heads of the same layout have in common, from 1.
    private var layouts: [ObjectIdentifier: UInt32] = [:]
    /// Numbers of those whose statements are counted.
    private var conflicting: [UInt32] = []
    let kernel: OpaquePointer
    /// None of them is found again; those that rows are marked of are still known by their numbers.
    private var areHidden = false
    /// Bounds the layouts that they keep.
    private var columns = 0
    private static var columnLimit: Int { 1 << 16 }

    init() { unsafe kernel = unsafe bk_make_heads() }

    deinit { unsafe bk_free_heads(kernel) }

    var count: Int { all.count }

    subscript(_ number: UInt32) -> InsertHead { all[Int(number)] }

    /// Whether a statement may be found by its head.
    var canFind: Bool { !areHidden && !all.isEmpty }

    /// Whether no more should be added before the rows at hand have gone out; some more can be.
    var isFull: Bool { all.count >= Int(BK_HEADS) * 3 / 4 || columns > Self.columnLimit }

    /// Returns its number. Only where there is room.
    func add(_ head: InsertHead) -> UInt32 {
        areHidden = false
        let number = unsafe head.add(to: kernel)
        let first = tables[head.table] ?? number
        tables[head.table] = first
        all.append(head)
        unsafe describe(number) { known in
            unsafe known.table = first
            if head.columns != nil { unsafe known.field_count = UInt32(BK_ANY_FIELDS) }
        }
        note(head, number)
        columns += head.fieldCount ?? head.columns?.count ?? 0
        if head.conflict != nil { conflicting.append(number) }
        return number
    }

    func use(_ layout: RowLayout, fieldCount: Int, _ number: UInt32) {
        self[number].use(layout, fieldCount: fieldCount)
        note(self[number], number)
        columns += fieldCount
    }

    /// What the kernels need to know of rows with this head.
    private func note(_ head: InsertHead, _ number: UInt32) {
        guard let layout = head.layout else { return }
        let known = layouts[ObjectIdentifier(layout)] ?? UInt32(layouts.count + 1)
        layouts[ObjectIdentifier(layout)] = known
        unsafe describe(number) { found in
            unsafe found.layout = known
            if unsafe found.field_count == UInt32(BK_NO_FIELDS), let count = head.fieldCount {
                unsafe found.field_count = UInt32(count)
            }
        }
    }

    private func describe(_ number: UInt32, _ body: (inout bk_head) -> Void) {
        if let found = unsafe bk_head_at(kernel, number) { unsafe body(&found.pointee) }
    }

    /// The number of the same head for rows with another number of fields; its own where there is no room for more.
    func variant(of number: UInt32, fieldCount: Int) -> UInt32 {
        let head = self[number]
        if let known = all.firstIndex(where: { $0.fieldCount == fieldCount && $0.hasText(of: head) }) {
            return UInt32(known)
        }
        return all.count < Int(BK_HEADS) ? add(head.again()) : number
    }

    /// What names and layouts were made of has changed: none of them is found again.
    func hide() {
        unsafe bk_hide_heads(kernel)
        areHidden = true
    }

    /// No rows are marked any more: makes room where there is little, keeping the head of one number. Returns its new
    /// number.
    func tidy(keeping current: UInt32) -> UInt32 {
        guard areHidden || isFull else { return current }
        let kept = current == Marks.noHead ? nil : self[current], wereHidden = areHidden
        unsafe bk_clear_heads(kernel)
        all.removeAll()
        tables.removeAll()
        layouts.removeAll()
        conflicting.removeAll()
        columns = 0
        guard let kept else { return current }
        let number = add(kept)
        if wereHidden { hide() }
        return number
    }

    /// Statements that were found since this was last asked, of those whose rows a server would not simply add.
    func takeConflicts(_ body: (InsertHead, PassedStatement, _ count: Int, _ firstAt: Int) -> Void) {
        for number in conflicting {
            guard let found = unsafe bk_head_at(kernel, number), let conflict = self[number].conflict,
                unsafe found.pointee.statements > 0
            else { continue }
            unsafe body(self[number], conflict, Int(found.pointee.statements), found.pointee.first_at)
            unsafe found.pointee.statements = 0
        }
    }
}
