import BackupBytes

/// A file of a store that is being written. Any thread; two never write the same bytes.
package protocol LakeFile: AnyObject, Sendable {
    /// Whether writing these bytes is a wait for the store: then a thread of its own does it.
    func waits(toWrite count: Int, at offset: Int) -> Bool
    /// Writes all of `bytes`. `isWaiting`: it may wait, for `waits` has said so of these bytes. They lie at a border of
    /// memory pages then.
    func write(_ bytes: UnsafeRawBufferPointer, at offset: Int, isWaiting: Bool) throws(SystemFailure)
    /// Waits until its bytes are durable.
    func sync() throws(SystemFailure)
}
