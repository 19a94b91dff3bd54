import AlibabaCloudCore
import Testing

@Suite struct TransportLifeTests {
    @Test func anAnswerWhoseTransportWasLetGoStillComesToItsEnd() async throws {
        let it = try Surroundings(size: 8 << 20)
        let link = try await it.backups.downloadLink(it.finishedTask().id)
        let answer = try await NetworkTransport(environment: [:]).send(HTTPRequest(.get, link.url(on: .public)))
        var (pieces, count) = (answer.body.pieces(), 0)
        while let piece = try await pieces.next() { count += piece.count }
        #expect(count == 8 << 20)
    }
}
