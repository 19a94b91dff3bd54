import ArgumentParser
import Foundation

/// A moment on the command line: `2026-01-02T03:04:05Z`, `2026-01-02T11:04:05+08:00`, or a day, `2026-01-02`, in UTC.
struct TimeArgument: ExpressibleByArgument {
    let date: Date

    init?(argument: String) {
        let whole = argument.count == 10 ? argument + "T00:00:00Z" : argument
        guard let date = try? Date(whole, strategy: .iso8601) else { return nil }
        self.date = date
    }
}
