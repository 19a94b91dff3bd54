import Dispatch

/// A thread for work that waits for a disk, so that it does not hold one of Swift's few.
final class DiskThread: TaskExecutor {
    private let queue = DispatchQueue(label: "fetch")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
