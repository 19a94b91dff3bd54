-- MySQLShell dump 2.0.1
DROP VIEW IF EXISTS `v`;
CREATE VIEW `v` AS select 1 AS `id`;
