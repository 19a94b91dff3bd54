-- MySQLShell dump 2.0.1  Distrib Ver 9.5.0 for Linux on x86_64 - for MySQL 9.5.0 (MySQL Community Server (GPL)), for Linux (x86_64)
--
-- Host: db.example    Database: shop    Table: cheap
-- ------------------------------------------------------
-- Server version	8.0.36

/*!50001 DROP VIEW IF EXISTS `cheap`*/;
/*!50001 CREATE ALGORITHM=UNDEFINED DEFINER=`root`@`localhost` SQL SECURITY DEFINER VIEW `cheap` AS select `t`.`id` AS `id` from `t` */;
