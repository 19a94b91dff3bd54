import AlibabaCloudCore

/// The log files of an instance, in the order of their changes.
///
/// The list is read page by page when the first log is wanted: the service does not promise an order, so the first log
/// is known with the last page.
public struct BinaryLogSequence: AsyncSequence, Sendable {
    let list: @Sendable () async throws -> BinaryLogList

    /// Begins at the first log.
    public func makeAsyncIterator() -> Iterator { Iterator(list: list) }

    /// Asks the service when the first log is wanted.
    public struct Iterator: AsyncIteratorProtocol {
        let list: @Sendable () async throws -> BinaryLogList
        private var logs: ArraySlice<BinaryLog>?

        init(list: @escaping @Sendable () async throws -> BinaryLogList) {
            self.list = list
        }

        /// The next log.
        public mutating func next() async throws -> BinaryLog? {
            if logs == nil { logs = try await list().logs[...] }
            return logs?.popFirst()
        }
    }
}
