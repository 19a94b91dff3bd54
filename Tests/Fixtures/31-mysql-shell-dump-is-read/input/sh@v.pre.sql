-- MySQLShell dump 2.0.1
CREATE VIEW `v` AS SELECT 1 AS `id`;
