import Foundation

/// Whole numbers by index, 0 where none was set, of which at most half a mebibyte is in memory: the rest lies in a file
/// without a name, made when it is needed.
///
///     index i  →  page i / 512  →  in memory at page mod 128, or in the file at page · 4096
final class PagedNumbers {
    private static var pageLength: Int { 512 }
    private static var pagesInMemory: Int { 128 }

    private struct Page {
        var number: Int
        var isChanged = false
        var values: [Int]
    }

    private let folder: String
    private var pages: [Page?] = []
    private var descriptor: Int32 = -1

    init(folder: String) { self.folder = folder }
    deinit { if descriptor >= 0 { close(descriptor) } }

    func number(at index: Int) throws -> Int {
        let slot = try slot(ofPage: index / Self.pageLength)
        return pages[slot]!.values[index % Self.pageLength]
    }

    func set(_ number: Int, at index: Int) throws {
        let slot = try slot(ofPage: index / Self.pageLength)
        pages[slot]!.values[index % Self.pageLength] = number
        pages[slot]!.isChanged = true
    }

    /// Where the page is in memory, after it was read if it was not.
    private func slot(ofPage number: Int) throws -> Int {
        let slot = number % Self.pagesInMemory
        while pages.count <= slot { pages.append(nil) }
        if pages[slot]?.number == number { return slot }
        if let page = pages[slot], page.isChanged { try write(page) }
        pages[slot] = Page(number: number, values: try read(number))
        return slot
    }

    private func write(_ page: Page) throws {
        if descriptor < 0 { descriptor = try Descriptor.nameless(in: folder, for: "numbers") }
        try unsafe page.values.withUnsafeBytes {
            try unsafe Descriptor.write($0, to: descriptor, at: page.number * $0.count, path: folder)
        }
    }

    private func read(_ page: Int) throws -> [Int] {
        var values = [Int](repeating: 0, count: Self.pageLength)
        if descriptor < 0 { return values }
        _ = try unsafe values.withUnsafeMutableBytes {
            try unsafe Descriptor.read(into: $0, from: descriptor, at: page * $0.count, path: folder)
        }
        return values
    }
}
