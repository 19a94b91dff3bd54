import DatabaseBackup

/// Turns what has been fetched so far into a line for people.
struct Speedometer {
    private let start = ContinuousClock.now

    func line(_ now: FetchProgress) -> String {
        let seconds = (ContinuousClock.now - start).inSeconds
        let speed = seconds > 0 ? Double(now.fetched) / seconds : 0
        let percent = now.total > 0 ? now.done * 100 / now.total : 100
        let left = speed > 0 ? "  eta \(Amount.seconds(Double(now.total - now.done) / speed))" : ""
        return
            "\(Amount.bytes(Int(now.done))) of \(Amount.bytes(Int(now.total)))  \(percent)%  "
            + "\(Amount.bytes(Int(speed)))/s\(left)"
    }
}
