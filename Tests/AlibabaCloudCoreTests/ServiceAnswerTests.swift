import AlibabaCloudCore
import Testing

@Suite struct ServiceAnswerTests {
    private func judge(
        _ text: String, product: Product = .advancedDownload, status: Int = 200, headers: [String: String] = [:],
        repetition: APICall.Repetition = .harmless
    ) -> CloudError? {
        let call = APICall(product, "Describe", [:], repetition: repetition)
        do throws(CloudError) {
            _ = try ServiceAnswer(call: call, status: status, headers: headers, text: text).value()
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: [
        #"{"Success": "true", "ErrCode": "DBS.ParamIsInValid"}"#, #"{"Success": "True"}"#, #"{"Success": true}"#,
    ])
    func successIsTheSuccessField(text: String) {
        #expect(judge(text) == nil)
    }

    @Test(arguments: [#"{"Success": "false", "Code": "Success"}"#, #"{"Code": "Success"}"#])
    func withoutThatFieldThereIsNoSuccessUnderHTTP200Too(text: String) {
        #expect(judge(text)?.kind == .refused)
    }

    @Test func rdsHasNoSuchFieldItsStatusCounts() {
        #expect(judge("{}", product: .rds) == nil)
        #expect(judge(#"{"Code": "BackupJobExists"}"#, product: .rds, status: 400)?.code == "BackupJobExists")
    }

    @Test func codeMessageRequestIdAndStatusAreKept() {
        let error = judge(
            #"{"Success": false, "Code": "Success", "ErrCode": "DBS.DownloadTask.CannotFind", "ErrMessage": "no", "#
                + #""RequestId": "R"}"#
        )
        #expect(error?.code == "DBS.DownloadTask.CannotFind")
        #expect(error?.message == "no" && error?.requestID == "R" && error?.httpStatus == 200)
    }

    @Test func throttlingNamesTheLargerWait() {
        let error = judge(
            #"{"Code": "Throttling.User"}"#, product: .rds, status: 400,
            headers: ["x-ratelimit-user-api": "Limit:10,TimeLeft:700", "x-ratelimit-user": "TimeLeft: 900"])
        #expect(error?.kind == .throttled && error?.retryAfter == .milliseconds(900))
    }

    @Test func aGatewaysPageIsNotQuoted() {
        let error = judge("<html>Signature=hunter2</html>", status: 502)
        #expect(error?.kind == .serviceFailed && error?.canRetry == true)
        #expect(error?.description.contains("hunter2") == false)
    }

    @Test func afterAFailureInsideACreatingCallIsUnclearAndNotSentAgain() {
        let error = judge("<html>", status: 500, repetition: .lookFirst)
        #expect(error?.kind == .unclear && error?.canRetry == false)
    }

    @Test(arguments: ["Forbidden.RAM", "InvalidAccessKeyId.NotFound", "SignatureDoesNotMatch", "Request.Forbidden"])
    func refusedKeysAreAKindOfTheirOwn(code: String) {
        #expect(judge(#"{"Code": "\#(code)"}"#, product: .rds, status: 403)?.kind == .credentials)
    }
}
