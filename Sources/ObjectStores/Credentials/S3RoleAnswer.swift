import AlibabaCloudCore
import Foundation

/// The keys of a role, as the container's and the instance's service give them:
/// `{"AccessKeyId":…,"SecretAccessKey":…,"Token":…,"Expiration":"2026-11-30T12:00:00Z"}`.
enum S3RoleAnswer {
    private struct Answer: Decodable {
        let AccessKeyId, SecretAccessKey: String
        let Token, Expiration: String?
    }

    static func credentials(from response: HTTPResponse, location: String) async throws -> Credentials {
        let text = try await response.text(limit: 1 << 16)
        guard response.status == 200, let answer = try? JSONDecoder().decode(Answer.self, from: Data(text.utf8)) else {
            throw CloudError(
                .credentials, "the role's service gives no keys", location: location, httpStatus: response.status)
        }
        return Credentials(
            accessKeyID: answer.AccessKeyId, accessKeySecret: Secret(answer.SecretAccessKey),
            securityToken: answer.Token.map(Secret.init),
            expiration: answer.Expiration.flatMap { try? Date($0, strategy: .iso8601) })
    }
}
