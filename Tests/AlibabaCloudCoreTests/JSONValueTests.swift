import AlibabaCloudCore
import Foundation
import Testing

@Suite struct JSONValueTests {
    @Test func numbersMayBeStringsAndStringsNumbers() throws {
        let json = try JSONValue(
            parsing: #"{"a": "12", "b": 12, "id": 9007199254740993, "t": "True", "f": false, "e": ""}"#)
        #expect(json["a"].integer == 12 && json["b"].integer == 12)
        #expect(json["id"].text == "9007199254740993")
        #expect(json["t"].flag == true && json["f"].flag == false)
        #expect(json["e"].text == nil && json["missing"]["deep"].text == nil)
    }

    @Test(arguments: [#"[{"x": 1}]"#, #"{"List": [{"x": 1}]}"#])
    func aListMayBeWrappedOrBare(text: String) throws {
        #expect(try JSONValue(parsing: text).items(under: "List").first?["x"].integer == 1)
    }

    @Test(arguments: ["null", "{}", #"{"List": null}"#, #""""#])
    func aListThatIsNotThereIsEmpty(text: String) throws {
        #expect(try JSONValue(parsing: text).items(under: "List").isEmpty)
    }

    @Test(arguments: [
        (#""1661329050000""#, 1_661_329_050.0), ("1661329050", 1_661_329_050),
        (#""2022-08-24T08:17:30Z""#, 1_661_329_050),
        (#""2022-08-24T08:17Z""#, 1_661_329_020),
    ])
    func timesComeInSecondsMillisecondsAndISO(text: String, seconds: Double) throws {
        #expect(try JSONValue(parsing: text).instant == Date(timeIntervalSince1970: seconds))
    }
}
