import BackupBytes
import BackupChanges
import BackupParquet
import BackupRows
import BackupText

/// The reader of a data file or a dump: here the formats are named, and nowhere else after a file was opened.
enum DataReader {
    case csv(CSVReader)
    case sql(SQLReader)
    case parquet(ParquetReader)
    case json(JSONReader)
    case changes(ChangeReader)

    /// The next event; nil at the end.
    func next() throws -> RowEvent? {
        switch self {
        case .csv(let reader): try reader.next()
        case .sql(let reader): try reader.next()
        case .parquet(let reader): try reader.next()
        case .json(let reader): try reader.next()
        case .changes(let reader): try reader.next()
        }
    }

    /// Where another reader can resume; nil where none can just now.
    var resumePoint: ResumePoint? {
        switch self {
        case .csv(let reader): reader.resumePoint.map { .csv($0) }
        case .sql(let reader): reader.resumePoint.map { .sql($0) }
        case .parquet(let reader): reader.resumePoint.map { .parquet($0) }
        case .json(let reader): reader.resumePoint.map { .json($0) }
        case .changes(let reader): reader.resumePoint.map { .changes($0) }
        }
    }

    /// The layout of a CSV file, whose header or first row decides it, of a Parquet file, or of the last rows of JSON;
    /// nil before, and for SQL.
    var chosenLayout: RowLayout? {
        switch self {
        case .csv(let reader): reader.chosenLayout
        case .parquet(let reader): reader.layout
        case .json(let reader): reader.chosenLayout
        case .sql, .changes: nil
        }
    }

    /// Whose SQL is read; nil for other formats.
    var family: SQLDialect.Family? {
        switch self {
        case .csv, .parquet, .json, .changes: nil
        case .sql(let reader): reader.family
        }
    }

    /// The resume point of a reader, whichever its format is.
    enum ResumePoint: Codable, Sendable {
        case csv(CSVReader.ResumePoint)
        case sql(SQLReader.ResumePoint)
        case parquet(ParquetReader.ResumePoint)
        case json(JSONReader.ResumePoint)
        case changes(ChangeReader.ResumePoint)

        /// The byte of the file at which reading resumes.
        var offset: Int {
            switch self {
            case .csv(let point): point.offset
            case .sql(let point): point.offset
            case .parquet(let point): point.offset
            case .json(let point): point.offset
            case .changes(let point): point.offset
            }
        }
    }
}
