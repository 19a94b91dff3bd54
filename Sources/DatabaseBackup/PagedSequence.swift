import AlibabaCloudCore

/// The items of a list that the service gives page by page; a page is asked for when its first item is wanted.
public struct PagedSequence<Element: Sendable>: AsyncSequence, Sendable {
    struct Page: Sendable {
        let items: [Element]
        /// The service's own count of pages says that none follows.
        var isLast = false
        /// The service's own count of items on all pages.
        var total: Int64?
    }

    /// A list longer than this many pages is taken for a service that gives the same page for ever.
    private static var mostPages: Int { 10_000 }

    let firstPage: Int
    let page: @Sendable (Int) async throws -> Page

    /// Begins at the first page.
    public func makeAsyncIterator() -> Iterator {
        Iterator(number: firstPage, bound: firstPage + Self.mostPages, page: page)
    }

    /// Asks for a page when the one before it is used up.
    public struct Iterator: AsyncIteratorProtocol {
        var number: Int
        let bound: Int
        let page: @Sendable (Int) async throws -> Page
        var items: ArraySlice<Element> = []
        var seen: Int64 = 0
        var isOver = false

        /// The next element; a call to the service at the start of each page.
        public mutating func next() async throws -> Element? {
            while items.isEmpty {
                if isOver { return nil }
                guard number < bound else {
                    throw CloudError(
                        .unexpectedAnswer, "the list does not end within \(number) pages", advice: "Narrow the filter.")
                }
                let page = try await page(number)
                number += 1
                items = page.items[...]
                seen += Int64(page.items.count)
                isOver = page.isLast || page.items.isEmpty || page.total.map { seen >= $0 } ?? false
            }
            return items.removeFirst()
        }
    }

    /// All items, up to `limit`.
    public func collected(limit: Int = .max) async throws -> [Element] {
        var all: [Element] = []
        for try await element in self {
            if all.count == limit { break }
            all.append(element)
        }
        return all
    }
}
