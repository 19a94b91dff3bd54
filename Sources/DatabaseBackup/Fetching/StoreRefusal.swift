import AlibabaCloudCore

/// Judges an error answer of the store: what it means for the link and for the download.
enum StoreRefusal {
    /// - Parameter text: the beginning of the body, usually `<Error><Code>…`.
    static func error(status: Int, text: String) -> CloudError {
        let body = MarkupError(text)
        var error = CloudError(
            .refused, body?.message ?? "the store answered HTTP \(status)", code: body?.code,
            requestID: body?.requestID,
            httpStatus: status)
        switch status {
        case 401, 403:
            // Expired, signed with a key that has ended, or revoked: in each case a fresh link is the cure.
            error.kind = .linkExpired
            error.message = body?.message ?? "the link is dead"
            error.advice = "Get a fresh link, or fetch by task so that links are renewed."
        case 404:
            error.kind = .notFound
            error.advice = "A task's data is removed three days after it finished."
        case 412, 416:
            error.kind = .objectChanged
            error.message = "the object is not the one the download began with"
            (error.advice, error.remedy) = ("Start over.", .startOver)
        case 429:
            error.kind = .throttled
            error.canRetry = true
        case 408, 500...:
            error.kind = .serviceFailed
            error.canRetry = true
        default: break
        }
        return error
    }
}
