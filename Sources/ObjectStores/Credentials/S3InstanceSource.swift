import AlibabaCloudCore
import Foundation

/// The role of the EC2 instance we run on, from its metadata service at 169.254.169.254, version 2.
/// `AWS_EC2_METADATA_DISABLED=true` leaves it alone.
struct S3InstanceSource: CredentialSource {
    let surroundings: CredentialSurroundings
    var location: String { "EC2 instance role" }

    private static let root = "http://169.254.169.254/latest"

    func load() async throws -> Credentials? {
        if surroundings.environment["AWS_EC2_METADATA_DISABLED"]?.lowercased() == "true" { return nil }
        do {
            let token = try await answer(.put, "/api/token", ["x-aws-ec2-metadata-token-ttl-seconds": "21600"])
            let headers = ["x-aws-ec2-metadata-token": try await token.text(limit: 4096)]
            let folder = "/meta-data/iam/security-credentials/"
            let role = try await answer(.get, folder, headers).text(limit: 4096)
                .trimmingCharacters(in: .whitespacesAndNewlines)
            return try await S3RoleAnswer.credentials(
                from: try await answer(.get, folder + role, headers), location: location)
        } catch is CloudError {
            return nil  // no instance, or one without a role
        }
    }

    private func answer(
        _ method: HTTPRequest.Method, _ path: String, _ headers: [String: String]
    ) async throws -> HTTPResponse {
        let response = try await surroundings.transport.send(
            HTTPRequest(
                method, try SignedURL(Self.root + path, upgradingToHTTPS: false), headers: headers,
                patience: .seconds(1)))
        guard response.status == 200 else {
            throw CloudError(
                .credentials, "the metadata service refused", location: location, httpStatus: response.status)
        }
        return response
    }
}
