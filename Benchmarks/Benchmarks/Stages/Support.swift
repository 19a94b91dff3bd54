import BackupBytes
import BackupRows
import BackupText
import Benchmark
import CBackupKernels
import DataSets
import Foundation

/// `STAGES=tiny`, as run.sh --smoke has it: only whether each stage runs.
let isTiny = ProcessInfo.processInfo.environment["STAGES"] == "tiny"

/// 8 MB of each data set, made once.
let stageBytes = isTiny ? 600_000 : 8_000_000

var stageConfiguration: Benchmark.Configuration {
    .init(
        metrics: [.wallClock, .throughput], scalingFactor: .one, maxDuration: isTiny ? .milliseconds(1) : .seconds(2),
        maxIterations: isTiny ? 1 : 200)
}

/// The reader of an input of this data set.
func reader(of source: any ByteSource, _ set: DataSet, setup: ReaderSetup) throws -> any RowReader {
    guard set.fileName.hasSuffix(".csv") else {
        let family: SQLDialect.Family = set.rawValue.hasSuffix("-copy") ? .postgresql : .mysql
        return try SQLReader(
            PeekedSource(source), dialect: SQLDialect(family: family), database: nil, catalog: SchemaCatalog(),
            setup: setup)
    }
    var dialect = CSVDialect()
    dialect.hasHeader = true
    return try CSVReader(
        PeekedSource(source), table: TableName(table: "t"), dialect: dialect, setup: setup
    ) { header, _, dialect in
        let columns = (header ?? []).map { Column(name: $0) }
        return RowLayout(table: TableName(table: "t"), columns: columns, spelling: dialect.spelling())
    }
}

/// All batches of an input of this data set.
func batches(of bytes: [UInt8], _ set: DataSet, setup: ReaderSetup) throws -> [RowBatch] {
    let reader = try reader(of: BytesSource(bytes), set, setup: setup)
    var all: [RowBatch] = []
    while let event = try reader.next() {
        if case .rows(let rows) = event { all.append(try rows.batch()) }
    }
    return all
}
