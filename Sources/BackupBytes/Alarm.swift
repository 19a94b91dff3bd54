#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Ends the wait for a descriptor that may never have bytes: a pipe nobody writes to any more.
final class Alarm: Sendable {
    private let listens: Int32, rings: Int32

    init() throws(SystemFailure) {
        var ends: (Int32, Int32) = (-1, -1)
        let status = unsafe withUnsafeMutableBytes(of: &ends) {
            unsafe pipe($0.bindMemory(to: Int32.self).baseAddress!)
        }
        if status != 0 { throw SystemFailure(operation: "open", path: "a pipe", code: errno) }
        (listens, rings) = ends
        for end in [listens, rings] { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    }

    deinit {
        close(listens)
        close(rings)
    }

    /// From now on nobody waits. Any thread.
    func ring() { _ = unsafe write(rings, [0], 1) }

    /// Waits until `descriptor` can be read, or the alarm rings.
    func rings(before descriptor: Int32) -> Bool {
        var waits = (
            pollfd(fd: listens, events: Int16(POLLIN), revents: 0),
            pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        )
        while unsafe withUnsafeMutableBytes(
            of: &waits, { unsafe poll($0.bindMemory(to: pollfd.self).baseAddress, 2, -1) }) < 0 && errno == EINTR
        {}
        return waits.0.revents != 0
    }
}
