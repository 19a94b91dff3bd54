/// The JSON in which STS, the metadata service and credential addresses hand out temporary keys.
enum SessionAnswer {
    static func credentials(in json: JSONValue, location: String) throws(CloudError) -> Credentials {
        guard let id = json["AccessKeyId"].text, let secret = json["AccessKeySecret"].text,
            let token = json["SecurityToken"].text
        else { throw CloudError(.credentials, "the answer holds no temporary key", location: location) }
        return Credentials(
            accessKeyID: id, accessKeySecret: Secret(secret), securityToken: Secret(token),
            expiration: json["Expiration"].instant)
    }
}
