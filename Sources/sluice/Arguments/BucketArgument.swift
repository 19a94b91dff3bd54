import ArgumentParser

/// A path in the user's own store on the command line: `BUCKET/PATH@REGION`.
struct BucketArgument: ExpressibleByArgument {
    let bucket: String
    let path: String
    let region: String

    init?(argument: String) {
        guard let at = argument.lastIndex(of: "@"), let slash = argument.firstIndex(of: "/"), slash < at else {
            return nil
        }
        bucket = String(argument[..<slash])
        path = String(argument[argument.index(after: slash) ..< at])
        region = String(argument[argument.index(after: at)...])
        if bucket.isEmpty || region.isEmpty { return nil }
    }
}
