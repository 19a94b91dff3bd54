/// Schemas that every PostgreSQL database has.
package enum PostgresSchemas {
    /// Of tables that end with their session.
    package static let temporary = "pg_temp"
    /// Of what PostgreSQL brings along: looked at first, unless the search path names it.
    package static let catalog = "pg_catalog"
}
