/// The version of this software, in manifests and `--version`.
public enum SluiceVersion {
    public static let current = "0.1.0"
}
