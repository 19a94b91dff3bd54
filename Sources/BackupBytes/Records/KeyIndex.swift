import Foundation

/// Numbers by key, in memory that does not grow with their count. Keys are known by their hash: two with one hash are
/// less likely than a broken disk. For one process: another hashes otherwise.
///
/// A hash table with open addressing, at most half full, so that it can be doubled from front to back:
///
///     | hash | number + 1 | hash | number + 1 | …        0: free, -1: removed; a hash's slot is its highest bits
package final class KeyIndex {
    private static var free: Int { 0 }
    private static var removed: Int { -1 }

    private let folder: String
    private var slots: PagedNumbers
    private var bits = 8
    /// Slots that are not free.
    private var used = 0

    /// `folder`: where a file without a name is made when there are many.
    package init(folder: String = NSTemporaryDirectory()) {
        self.folder = folder
        slots = PagedNumbers(folder: folder)
    }

    package func number(of key: some Hashable) throws -> Int? {
        let slot = try slot(of: key.hashValue)
        let mark = try slots.number(at: 2 * slot + 1)
        return mark == Self.free ? nil : mark - 1
    }

    /// `number` is not negative.
    package func put(_ number: Int, for key: some Hashable) throws {
        if 2 * (used + 1) > 1 << bits { try grow() }
        try put(number, forHash: key.hashValue)
    }

    package func remove(_ key: some Hashable) throws {
        let slot = try slot(of: key.hashValue)
        if try slots.number(at: 2 * slot + 1) != Self.free { try slots.set(Self.removed, at: 2 * slot + 1) }
    }

    /// false where it was there already.
    package func insert(_ key: some Hashable) throws -> Bool {
        if try number(of: key) != nil { return false }
        try put(0, for: key)
        return true
    }

    private func put(_ number: Int, forHash hash: Int) throws {
        let slot = try slot(of: hash)
        if try slots.number(at: 2 * slot + 1) == Self.free { used += 1 }
        try slots.set(hash, at: 2 * slot)
        try slots.set(number + 1, at: 2 * slot + 1)
    }

    /// The slot of this hash, or the free one where it would be.
    private func slot(of hash: Int) throws -> Int {
        var slot = Int(UInt(bitPattern: hash) >> UInt(UInt.bitWidth - bits))
        while true {
            let mark = try slots.number(at: 2 * slot + 1)
            if mark == Self.free { return slot }
            if mark != Self.removed, try slots.number(at: 2 * slot) == hash { return slot }
            slot = (slot + 1) & (1 << bits - 1)
        }
    }

    private func grow() throws {
        let old = slots, count = 1 << bits
        slots = PagedNumbers(folder: folder)
        (bits, used) = (bits + 1, 0)
        for slot in 0 ..< count {
            let mark = try old.number(at: 2 * slot + 1)
            if mark != Self.free && mark != Self.removed { try put(mark - 1, forHash: try old.number(at: 2 * slot)) }
        }
    }
}
