import BackupBytes
import BackupLake

extension FolderSink {
    /// Where a download has to be opened so that a run into `folder` can be resumed; nil: at its beginning.
    public static func placeToGoOn(in path: String) -> SourceResumePoint? {
        guard let walk = try? checkpoint(in: path)?.state(ResumePoint.self).walk else { return nil }
        return walk.unpacking != nil && walk.unpacking?.shortcut == nil ? nil : walk.source
    }
}
