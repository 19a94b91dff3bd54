import AlibabaCloudCore

extension CloudError {
    /// One line, with the command's flag for the remedy.
    var textWithFlags: String {
        let flag: String? =
            switch remedy {
            case .startOver?: "--no-resume"
            case .retryFailed?: "--retry-failed"
            case .chooseEndpoint?: "--endpoint"
            case .chooseHost?: "--host"
            default: nil
            }
        return description + (flag.map { " See \($0)." } ?? "")
    }
}
