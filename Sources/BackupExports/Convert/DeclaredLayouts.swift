import BackupRows

/// The numbers of reported tables by the layouts of their batches. Where a dump changes the table with each statement,
/// each slab has a batch of few rows of each table.
struct DeclaredLayouts {
    private static var limit: Int { 512 }
    /// The layouts are kept, so that no other has the same identity.
    private var numbers: [ObjectIdentifier: (layout: RowLayout, number: Int32)] = [:]

    func number(of layout: RowLayout) -> Int32? { numbers[ObjectIdentifier(layout)]?.number }

    mutating func note(_ number: Int32, of layout: RowLayout) {
        if numbers[ObjectIdentifier(layout)] != nil { return }
        if numbers.count >= Self.limit { forget() }
        numbers[ObjectIdentifier(layout)] = (layout, number)
    }

    mutating func forget() { numbers.removeAll() }
}
