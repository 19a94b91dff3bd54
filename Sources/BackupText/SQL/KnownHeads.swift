import BackupRows
import CBackupKernels

/// The heads of INSERTs that the kernels find again, by their numbers.
@safe final class KnownHeads {
    private var all: [InsertHead] = []
    /// By a head's number, that of its table's first head.
    private var tables: [Int] = []
    private var firsts: [TableName: Int] = [:]
    /// By a head's number, how many fields its rows have; -1: not known yet, -2: its list of columns shows.
    private var fieldCounts: [Int] = []
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

    /// A number that heads of the same table have in common.
    func table(_ number: Int) -> Int { tables[number] }

    subscript(_ number: UInt32) -> InsertHead { all[Int(number)] }

    /// Whether a statement may be found by its head.
    var canFind: Bool { !areHidden && !all.isEmpty }

    /// Whether no more should be added before the rows at hand have gone out; some more can be.
    var isFull: Bool { all.count >= Int(BK_HEADS) * 3 / 4 || columns > Self.columnLimit }

    /// Returns its number. Only where there is room.
    func add(_ head: InsertHead) -> UInt32 {
        areHidden = false
        let number = unsafe head.add(to: kernel)
        let first = firsts[head.table] ?? all.count
        firsts[head.table] = first
        tables.append(first)
        fieldCounts.append(head.columns == nil ? head.fieldCount ?? -1 : -2)
        all.append(head)
        columns += head.fieldCount ?? head.columns?.count ?? 0
        if head.conflict != nil { conflicting.append(number) }
        return number
    }

    /// Whether the first of some rows says nothing new of their layout.
    func isUsual(fieldCount: Int, _ number: UInt32) -> Bool {
        let known = fieldCounts[Int(number)]
        return known == fieldCount || known == -2
    }

    func use(_ layout: RowLayout, fieldCount: Int, _ number: UInt32) {
        self[number].use(layout, fieldCount: fieldCount)
        if fieldCounts[Int(number)] == -1 { fieldCounts[Int(number)] = fieldCount }
        columns += fieldCount
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
        fieldCounts.removeAll()
        firsts.removeAll()
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
