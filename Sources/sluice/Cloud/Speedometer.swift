import DatabaseBackup

/// Turns what has been fetched so far into a line for people.
struct Speedometer {
    private let start = ContinuousClock.now

    func line(_ now: FetchProgress) -> String {
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        let speed = seconds > 0 ? Double(now.fetched) / seconds : 0
        let percent = now.total > 0 ? now.done * 100 / now.total : 100
        let left = speed > 0 ? "  eta \(Amounts.time(Double(now.total - now.done) / speed))" : ""
        return "\(Amounts.bytes(now.done)) of \(Amounts.bytes(now.total))  \(percent)%  \(Amounts.bytes(Int64(speed)))/s\(left)"
    }
}
