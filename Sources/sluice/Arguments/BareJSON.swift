/// The contract has two options of one name: `--json embed|string` says what JSON columns become, and `--json` alone
/// asks for the report as JSON. The second is recognized by what follows it, and given a name of its own.
enum BareJSON {
    static let flag = "json-report"

    static func expand(_ arguments: [String]) -> [String] {
        guard let command = arguments.first(where: { !$0.hasPrefix("-") }),
            ["convert", "inspect", "run"].contains(command)
        else { return arguments }
        return arguments.enumerated().map { index, argument in
            let next = index + 1 < arguments.count ? arguments[index + 1] : ""
            return argument == "--json" && next != "embed" && next != "string" ? "--\(flag)" : argument
        }
    }
}
