import ArgumentParser
import BackupExports
import Foundation

/// Threads, descriptors and memory that a command cannot do without. Asked for at the start: what runs below (Swift's
/// pool of threads, the network) waits for ever or traps where there are none.
struct SystemNeeds {
    private var threads = 1
    private var descriptors = 4
    private static let memory = 512 << 20

    init(of command: any ParsableCommand) {
        let cores = ProcessInfo.processInfo.activeProcessorCount
        switch command {
        case let command as ConvertCommand:
            // The pool's; reading, reading ahead, writing and waiting for the disk; the workers.
            threads = cores + 4 + (command.writing.jobs ?? min(cores, ConversionOptions.mostJobs))
        case is InspectCommand: threads = cores + 2
        case let command as any CloudCommand:
            // The network has a thread a core, with three descriptors each.
            threads = cores * 2 + 6 + ((command as? RunCommand).map { $0.writing.jobs ?? cores } ?? 0)
            descriptors = cores * 3 + 8
        default: threads = 0
        }
    }

    /// What is missing, in one line; nil: nothing.
    func lack() -> String? {
        if threads == 0 { return nil }
        for (limit, name) in [
            (Int32(bitPattern: RLIMIT_AS.rawValue), "-v"), (Int32(bitPattern: RLIMIT_DATA.rawValue), "-d"),
        ] {
            var bounds = rlimit()
            guard getrlimit(__rlimit_resource_t(UInt32(limit)), &bounds) == 0, bounds.rlim_cur < Self.memory else {
                continue
            }
            return
                "the process may have \(bounds.rlim_cur >> 20) MiB of memory (ulimit \(name)), and "
                + "\(Self.memory >> 20) are needed"
        }
        let descriptors = spareDescriptors()
        if descriptors < self.descriptors {
            return
                "the process may open \(descriptors) more files (ulimit -n), and \(self.descriptors) are needed at the "
                + "least; raise the limit"
        }
        let threads = spareThreads()
        if threads < self.threads {
            return
                "the system gives \(threads) threads (ulimit -u, or the container's limit of processes), and "
                + "\(self.threads) are needed; "
                + "raise the limit, or see --jobs"
        }
        return nil
    }

    /// As many as are needed, or as can be had.
    private func spareDescriptors() -> Int {
        let found = (0 ..< descriptors).map { _ in fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3) }.filter { $0 >= 0 }
        for descriptor in found { close(descriptor) }
        // Standard error was closed on purpose.
        return found.isEmpty && errno == EBADF ? descriptors : found.count
    }

    /// As many as are needed, or as can be had, all at the same time.
    private func spareThreads() -> Int {
        let end = DispatchSemaphore(value: 0)
        var stages: [Stage] = []
        while stages.count < threads, let stage = try? Stage("sluice.probe", { end.wait() }) { stages.append(stage) }
        for _ in stages { end.signal() }
        for stage in stages { stage.join() }
        return stages.count
    }
}
