import AlibabaCloudCore
import CloudTestSupport
import Foundation
import Synchronization
import Testing

@testable import DatabaseBackup

/// The logs of an instance, asked for and fetched by the library.
@Suite struct BinaryLogTests {
    private static let one: [String: any Sendable] = [
        "host": "5882781", "name": "mysql-bin.000054", "begin": -3600, "end": -1, "size": 2_000_000,
    ]

    @Test func logsAreAnAsyncSequenceOverPages() async throws {
        let it = try Surroundings()
        try await it.standIn.behave(["largest_log_page": 5])
        var names: [String] = []
        for try await log in it.backups.binaryLogs(of: "rm-example") { names.append(log.name) }
        #expect(names == (101 ... 106).map { "mysql-bin.000\($0)" })
        let record = try await it.standIn.record()
        #expect(record.count("DescribeBinlogFiles") == 3 && record.count("DescribeDBInstanceHAConfig") == 1)
        let query = record.calls[0].query
        #expect(query["PageSize"] == "100" && query["DBInstanceId"] == "rm-example")
        #expect(query["StartTime"]?.count == 20 && query["EndTime"]?.hasSuffix("Z") == true)
    }

    @Test func everyFieldIsRead() async throws {
        let it = try Surroundings()
        try await it.standIn.behave(["binlogs": [Self.one]])
        let asked = Date()
        let log = try #require(try await it.backups.binaryLogList(of: "rm-example").logs.first)
        #expect(log.name == "mysql-bin.000054" && log.host == "5882781" && log.size == 2_000_000)
        #expect(
            log.checksum != nil && log.state == .completed && log.end?.timeIntervalSince(log.begin ?? Date()) == 3599)
        #expect(wasGiven(log.link.expires, seconds: 3600, since: asked))
        #expect(try log.url(on: .internal).path.contains("/internal/") && !"\(log)".contains("Signature="))
    }

    @Test func asManyHostsAsAnInstanceHas() async throws {
        let it = try Surroundings()
        try await it.standIn.behave(["hosts": ["3", "1", "2"]])
        let hosts = try await it.backups.instanceHosts(of: "rm-example")
        #expect(hosts.map(\.id) == ["3", "1", "2"] && hosts.map(\.isPrimary) == [true, false, false])
        #expect(try await it.backups.binaryLogList(of: "rm-example").hosts == ["3"])
        let all = BinaryLogFilter(hosts: .all)
        #expect(try await it.backups.binaryLogList(of: "rm-example", all).logs.count == 18)
    }

    @Test(arguments: [1, 2])
    func whicheverRequestFailsNoFileLooksCompleteAndTheNextRunMakesIt(parallel: Int) async throws {
        let (it, folder) = (try Surroundings(), try Folder())
        try await it.standIn.behave(["binlogs": [Self.one.merging(["size": 33 << 20]) { $1 }]])
        let options = FetchOptions(parallel: parallel, retry: RetryPolicy(attempts: 1))
        for number in 1 ... 5 {
            let sent = Mutex(0)
            let network = NetworkTransport(environment: [:])
            let failing = ScriptedTransport { request in
                let isTheOne = sent.withLock { sent in
                    sent += 1
                    return sent == number
                }
                if isTheOne { throw CloudError(.network, "as scripted", canRetry: true) }
                return try await network.send(request)
            }
            let backups = try DatabaseBackups(
                region: "cn-hangzhou", credentials: StandIn.key, endpoint: it.standIn.address, transport: failing,
                retry: RetryPolicy(attempts: 1), clock: it.clock.clockwork())
            let logs = folder.file("\(number)")
            func fetch(_ backups: DatabaseBackups) async throws -> FetchReport {
                let log = try #require(try await backups.binaryLogList(of: "rm-example").logs.first)
                return try await backups.fetch(log, toFolder: logs, options: options)
            }
            let first = try? await fetch(backups)
            #expect(first != nil || !FileManager.default.fileExists(atPath: logs + "/mysql-bin.000054"))
            #expect(try await fetch(it.backups).verification == .checksum)
            #expect(try FileManager.default.contentsOfDirectory(atPath: logs) == ["mysql-bin.000054"])
        }
    }

    @Test func aLogThatIsNoLongerListedCannotBeRenewed() async throws {
        let (it, folder) = (try Surroundings(), try Folder())
        try await it.standIn.behave(["binlogs": [Self.one]])
        let log = try #require(try await it.backups.binaryLogList(of: "rm-example").logs.first)
        try await it.standIn.behave([
            "binlogs": [Self.one.merging(["name": "mysql-bin.000055"]) { $1 }], "generation": 2,
        ])
        await #expect { try await it.backups.fetch(log, toFolder: folder.path) } throws: { error in
            isKind(.notFound)(error) && "\(error)".contains("mysql-bin.000054")
        }
        #expect(folder.names.isEmpty)
    }

    @Test func aListThatGrowsWhileItIsReadHasNoLogTwice() async throws {
        let pages = [
            #"{"TotalRecordCount":3,"Items":{"BinLogFile":[{"LogFileName":"b.3"},{"LogFileName":"b.2"}]}}"#,
            #"{"TotalRecordCount":"4","Items":{"BinLogFile":[{"LogFileName":"b.2"},{"LogFileName":"b.1"}]}}"#,
        ]
        let transport = ScriptedTransport.answering(pages.map { HTTPResponse(200, $0) })
        let backups = try DatabaseBackups(region: "cn-hangzhou", credentials: StandIn.key, transport: transport)
        #expect(try await backups.binaryLogList(of: "rm-example").logs.map(\.name) == ["b.1", "b.2", "b.3"])
        #expect(transport.requests.count == 2)
    }

    @Test func anEmptyListHasACountAndAnAnswerWithoutIsNone() async throws {
        for (answer, isList) in [
            (#"{"TotalRecordCount":0}"#, true), (#"{"TotalRecordCount":0,"Items":{"BinLogFile":[]}}"#, true),
            (#"{"Items":{}}"#, true), (#"{"Message":"no"}"#, false),
            (#"{"TotalRecordCount":1,"Items":{"BinLogFile":[{"FileSize":1}]}}"#, false),
        ] {
            let transport = ScriptedTransport.answering([HTTPResponse(200, answer)])
            let backups = try DatabaseBackups(region: "cn-hangzhou", credentials: StandIn.key, transport: transport)
            if isList {
                #expect(try await backups.binaryLogList(of: "rm-example").logs.isEmpty)
            } else {
                await #expect { try await backups.binaryLogList(of: "rm-example") } throws: {
                    isKind(.unexpectedAnswer)($0)
                }
            }
        }
    }
}
