/// How the files of an output are compressed.
public enum Compression: String, Sendable, CaseIterable { case none, gzip, zstd }
