/// How an export spells bytes inside a plain string: only its origin decides that.
package enum BinaryForm: String, Sendable, Hashable, Codable {
    /// As they are, escaped like text: dumps by mysqldump, mariadb-dump, mydumper.
    case raw
    /// As hexadecimal text: converted backup sets (RDS help, "Restore … to a self-managed database": apply UNHEX()).
    case hex
    /// As base64, perhaps in lines: MySQL Shell.
    case base64
}
