import BackupBytes
import BackupLake

extension FolderSink {
    /// Where a download has to be opened so that a run into `folder` can be resumed; nil: at its beginning.
    public static func sourceResumePoint(in path: String) -> SourceResumePoint? {
        guard let walk = try? checkpoint(in: path)?.state(ConversionResumePoint.self).walk else { return nil }
        return walk.unpacking != nil && walk.unpacking?.shortcut == nil ? nil : walk.source
    }
}
