/// The wait that the gateway names when it throttles.
///
/// `x-ratelimit-user-api` and `x-ratelimit-user` hold comma lists with `TimeLeft:<milliseconds>`; the larger counts.
/// `retry-after`, in seconds, is understood too.
package enum ThrottleHeaders {
    package static func wait(_ headers: [String: String]) -> Duration? {
        let named = ["x-ratelimit-user-api", "x-ratelimit-user"].compactMap { headers[$0].flatMap(timeLeft) }
        let asked = headers["retry-after"].flatMap { Int64($0) }.map {
            $0.multipliedReportingOverflow(by: 1000).partialValue
        }
        let waits = named + [asked].compactMap { $0 }
        return waits.filter { $0 >= 0 }.max().map { .milliseconds($0) }
    }

    private static func timeLeft(_ list: String) -> Int64? {
        for item in list.split(separator: ",") {
            let pair = item.split(separator: ":", maxSplits: 1)
            if pair.count == 2, pair[0].drop(while: { $0 == " " }) == "TimeLeft" {
                return Int64(pair[1].filter { $0 != " " })
            }
        }
        return nil
    }
}
