import AlibabaCloudCore
import Foundation
import Testing

@testable import DatabaseBackup

/// Whose logs are taken, in which order. Times are hours.
@Suite struct BinaryLogListTests {
    private func log(_ host: String, _ name: String, _ begin: Double, _ end: Double) -> BinaryLog {
        BinaryLog(
            instance: "rm-example", name: name, host: host, begin: Date(timeIntervalSince1970: begin * 3600),
            end: Date(timeIntervalSince1970: end * 3600))
    }

    /// Logs of an hour each.
    private func logs(_ host: String, _ numbers: ClosedRange<Int>, from begin: Double) -> [BinaryLog] {
        numbers.map { number in
            let start = begin + Double(number - numbers.lowerBound)
            return log(host, "mysql-bin.\(String(1_000_000 + number).dropFirst())", start, start + 1)
        }
    }

    private func names(_ list: BinaryLogList) -> [String] { list.logs.map { "\($0.host)/\($0.number ?? -1)" } }

    @Test func logsComeByNumberWhateverTheServicesOrder() throws {
        let found = [
            log("1", "mysql-bin.1000000", 3, 4), log("1", "mysql-bin.999998", 1, 2), log("1", "mysql-bin.999999", 2, 3),
        ]
        for order in [found, found.reversed(), found + found] {
            let list = try BinaryLogList(order, .primary, primary: nil)
            #expect(names(list) == ["1/999998", "1/999999", "1/1000000"] && list.gaps.isEmpty && list.leftOut.isEmpty)
        }
    }

    @Test func namesWithoutANumberComeByName() throws {
        let found = ["000000040000000000000019", "00000004000000000000001A", "000000050000000000000001"]
            .map { log("1", $0, 1, 2) }
        let list = try BinaryLogList(found.reversed(), .primary, primary: nil)
        #expect(list.logs.map(\.name) == found.map(\.name) && list.gaps.isEmpty)
    }

    @Test func onlyThePrimaryIsTakenWhereHostsWereAtWorkTogether() throws {
        let found = logs("1", 51 ... 56, from: 0) + logs("2", 7 ... 12, from: 0.3)
        for primary in ["1", "2"] {
            let list = try BinaryLogList(found, .primary, primary: primary)
            #expect(list.hosts == [primary] && list.logs.count == 6)
            #expect(list.leftOut.map(\.count) == [6] && list.leftOut[0].host != primary)
        }
    }

    @Test func aHostThatEndedWhenTheNextBeganComesBeforeIt() throws {
        let (one, two, three) = (
            logs("1", 51 ... 52, from: 0), logs("2", 7 ... 8, from: 2.01), logs("3", 1 ... 2, from: 4.01)
        )
        let standby = logs("4", 90 ... 99, from: 0)
        let list = try BinaryLogList(three + standby + one + two, .primary, primary: "3")
        #expect(names(list) == ["1/51", "1/52", "2/7", "2/8", "3/1", "3/2"])
        #expect(list.hosts == ["1", "2", "3"] && list.leftOut.map(\.host) == ["4"] && list.gaps.isEmpty)
    }

    @Test func withoutAPrimaryOnlyHostsThatNeverWorkedTogetherAreTaken() throws {
        let (one, two) = (logs("1", 51 ... 52, from: 0), logs("2", 7 ... 8, from: 2))
        for primary in [nil, "9"] {
            #expect(try BinaryLogList(two + one, .primary, primary: primary).hosts == ["1", "2"])
            #expect {
                try BinaryLogList(one + logs("2", 7 ... 8, from: 1), .primary, primary: primary)
            } throws: { error in
                isKind(.notFound)(error) && (error as? CloudError)?.remedy == .chooseHost
                    && "\(error)".contains("host 1, host 2")
            }
        }
    }

    @Test func aHostAndAllHostsCanBeAskedFor() throws {
        let found = logs("1", 51 ... 52, from: 0) + logs("2", 7 ... 8, from: 0.5)
        #expect(names(try BinaryLogList(found, .host("2"), primary: nil)) == ["2/7", "2/8"])
        #expect(names(try BinaryLogList(found, .all, primary: nil)) == ["1/51", "1/52", "2/7", "2/8"])
        #expect(throws: CloudError.self) { try BinaryLogList(found, .host("3"), primary: nil) }
        #expect(try BinaryLogList([], .host("3"), primary: nil).logs.isEmpty)
    }

    @Test func numbersThatAreMissingAreAGap() throws {
        let found = logs("1", 51 ... 52, from: 0) + logs("1", 55 ... 56, from: 4)
        let list = try BinaryLogList(found, .primary, primary: nil)
        #expect(list.gaps.map { [$0.before.number, $0.after.number] } == [[52, 55]])
        #expect(try BinaryLogList(found + logs("2", 7 ... 8, from: 9), .all, primary: nil).gaps.count == 1)
    }
}
