import BackupBytes
import BackupTables
import Benchmark
import CBackupKernels
import DataSets

/// 8 MB of each data set, made once.
let stageBytes = 8_000_000

func configured(_ bytes: Int) -> Benchmark.Configuration {
    .init(metrics: [.wallClock, .throughput], scalingFactor: .one, maxDuration: .seconds(2), maxIterations: 200)
}

/// The reader of an input of this data set.
func reader(of source: any ByteSource, _ set: DataSet, setup: ReaderSetup) throws -> any RowReader {
    guard set.fileName.hasSuffix(".csv") else {
        let family: SQLDialect.Family = set.rawValue.hasSuffix("-copy") ? .postgresql : .mysql
        return SQLReader(source, dialect: SQLDialect(family: family), database: nil, catalog: SchemaCatalog(), setup: setup)
    }
    var dialect = CSVDialect()
    dialect.hasHeader = true
    return try CSVReader(source, table: TableName(table: "t"), dialect: dialect, setup: setup) { [dialect] header, _ in
        RowLayout(table: TableName(table: "t"), columns: (header ?? []).map { Column(name: $0) }, source: .csv(dialect))
    }
}

/// All batches of an input of this data set.
func batches(of bytes: [UInt8], _ set: DataSet, setup: ReaderSetup) throws -> [RowBatch] {
    let reader = try reader(of: BytesSource(bytes), set, setup: setup)
    var all: [RowBatch] = []
    while let event = try reader.next() {
        if case .rows(let batch) = event { all.append(batch) }
    }
    return all
}
