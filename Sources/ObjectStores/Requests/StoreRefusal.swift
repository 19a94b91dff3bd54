import AlibabaCloudCore

/// Judges an error answer of the store: what it means for the request and for what is read.
enum StoreRefusal {
    /// Of an object that is read by a link.
    ///
    /// - Parameter text: the beginning of the body, usually `<Error><Code>…`.
    static func ofLink(status: Int, text: String) -> CloudError {
        var error = common(status: status, text: text)
        switch status {
        case 401, 403:
            // Expired, signed with a key that has ended, or revoked: in each case a fresh link is the cure.
            error.kind = .linkExpired
            if MarkupError(text)?.message == nil { error.message = "the link is dead" }
            error.advice = "Get a fresh link, or fetch by task so that links are renewed."
        case 404: error.advice = "A task's data is removed three days after it finished."
        default: break
        }
        return error
    }

    /// Of a request that was signed with a key.
    static func ofRequest(status: Int, text: String) -> CloudError {
        var error = common(status: status, text: text)
        switch (status, error.code) {
        case (_, "RequestTimeTooSkewed"), (_, "RequestTimeTooLarge"):
            error.kind = .credentials
            error.advice = "Set the clock of this machine."
        case (_, "ExpiredToken"), (_, "SecurityTokenExpired"):
            // The next attempt asks for credentials again.
            error.kind = .credentials
            error.canRetry = true
        case (_, "InvalidAccessKeyId"), (_, "SignatureDoesNotMatch"), (_, "InvalidToken"), (401, _):
            error.kind = .credentials
            error.advice = "Check the access key and the region."
        case (403, _):
            error.kind = .credentials
            if error.code == nil { error.message = "the store refuses the key" }
            error.advice = "The key must be allowed to list the bucket and to read its objects."
        case (301, _), (307, _), (308, _):
            error.message = "the bucket lies in another region, or at another endpoint"
            error.advice = "Name its region."
        case (404, "NoSuchBucket"): error.message = "there is no such bucket"
        default: break
        }
        return error
    }

    private static func common(status: Int, text: String) -> CloudError {
        let body = MarkupError(text)
        var error = CloudError(
            .refused, body?.message ?? "the store answered HTTP \(status)", code: body?.code,
            requestID: body?.requestID, httpStatus: status)
        switch status {
        case 404: error.kind = .notFound
        case 412, 416:
            error.kind = .objectChanged
            error.message = "the object is not the one the download began with"
            (error.advice, error.remedy) = ("Start over.", .startOver)
        case 429:
            error.kind = .throttled
            error.canRetry = true
        case 503 where body?.code == "SlowDown":
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
