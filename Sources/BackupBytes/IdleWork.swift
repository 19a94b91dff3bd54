/// Work that may be done at any time, by any thread that has nothing else to do: to inflate ahead, to hash what was
/// written.
package protocol IdleWork: Sendable {
    /// Does a piece of it, one that is worth waking another thread for. Any thread; several at the same time.
    /// - Returns: whether there was anything to do.
    func doSome() -> Bool
}
