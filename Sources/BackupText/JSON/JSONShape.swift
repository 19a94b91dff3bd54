import BackupBytes
import BackupRows
import CBackupKernels

/// The keys of rows that one layout fits: each row has some of them, in this order.
///
///     rows     {"id":1,"name":"a"}   {"id":2,"note":"b","name":"c"}   {"id":3}
///     shape    id  name        →     id  note  name                   (fits)
///
/// A row that has its keys in another order needs another shape.
///
/// Its memory is what the kernel compares keys with, which notes in it what it has seen.
@safe final class JSONShape {
    /// As they are spelled, and what that means.
    let keys: [Key]
    let members: UnsafeMutableBufferPointer<bk_json_member>
    private let texts: UnsafeMutableBufferPointer<UInt8>
    /// nil: none has been made.
    private var layout: RowLayout?
    /// Those that the layout knows to have objects or arrays.
    private var nested: [Int] = []

    struct Key: Hashable {
        var spelled: [UInt8]
        var name: ExactText
    }

    /// More columns than these, and more than a row's by this factor, are not put together.
    private static let (usualWidth, widening) = (256, 4)

    init(_ keys: [Key]) {
        self.keys = keys
        let length = keys.reduce(0) { $0 + $1.spelled.count }
        unsafe texts = .allocate(capacity: length + Int(BK_SLACK))
        unsafe texts.initialize(repeating: 0)
        unsafe members = .allocate(capacity: max(1, keys.count))
        var start = 0
        for (index, key) in keys.enumerated() {
            for (offset, byte) in key.spelled.enumerated() { unsafe texts[start + offset] = byte }
            let text = unsafe texts.baseAddress.map { unsafe UnsafePointer($0 + start) }
            unsafe members.initializeElement(
                at: index,
                to: bk_json_member(
                    key: text, length: UInt32(key.spelled.count), nested: UInt8(BK_NESTED_APART.rawValue),
                    shows_apart: 0))
            start += key.spelled.count
        }
    }

    deinit {
        unsafe texts.deallocate()
        unsafe members.deallocate()
    }

    /// The layout of rows that have been marked. `make`: makes one, whose columns with these numbers have objects or
    /// arrays.
    func layout(_ make: (_ nested: [Int]) throws -> RowLayout) rethrows -> RowLayout {
        let seen = keys.indices.filter { unsafe members[$0].shows_apart != 0 }
        if let layout, seen.count == nested.count { return layout }
        let made = try make(seen)
        (layout, nested) = (made, seen)
        return made
    }

    /// Before rows are marked: what the columns make of objects and arrays.
    func prepare(for layout: RowLayout) {
        self.layout = layout
        for index in keys.indices where layout.readsNested(index) {
            unsafe members[index].nested = UInt8(BK_NESTED_AS_TEXT.rawValue)
        }
    }

    /// Whether a row of these keys fits.
    func fits(_ row: [Key]) -> Bool {
        var rest = keys[...]
        for key in row {
            guard let index = rest.firstIndex(of: key) else { return false }
            rest = rest[(index + 1)...]
        }
        return true
    }

    /// The keys of a shape that a row of these fits, too; nil: there is none, or it would be too wide.
    func widened(by row: [Key]) -> [Key]? {
        let places = Dictionary(uniqueKeysWithValues: keys.enumerated().map { ($1, $0) })
        let names = Set(keys.map(\.name))
        var merged: [Key] = [], next = 0
        for key in row {
            if let index = places[key] {
                guard index >= next else { return nil }
                merged += keys[next ... index]
                next = index + 1
            } else {
                // Spelled in two ways, a name is still one column.
                if names.contains(key.name) { return nil }
                merged.append(key)
            }
        }
        merged += keys[next...]
        return merged.count <= max(Self.usualWidth, Self.widening * row.count) ? merged : nil
    }
}
