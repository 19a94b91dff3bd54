/// The version of this software, in manifests and `--version`.
public enum SluiceVersion {
    /// As semantic versioning spells it; the first heading of `.github/CHANGELOG.md`.
    public static let current = "0.1.0"
}
