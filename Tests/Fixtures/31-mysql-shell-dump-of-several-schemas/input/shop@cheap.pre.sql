-- MySQLShell dump 2.0.1  Distrib Ver 9.5.0 for Linux on x86_64 - for MySQL 9.5.0 (MySQL Community Server (GPL)), for Linux (x86_64)
--
-- Host: db.example    Database: shop    Table: cheap
-- ------------------------------------------------------
-- Server version	8.0.36

SET @saved_cs_client     = @@character_set_client;
/*!50503 SET character_set_client = utf8mb4 */;
/*!50001 CREATE VIEW `cheap` AS SELECT 
 1 AS `id` */;
SET character_set_client = @saved_cs_client;
