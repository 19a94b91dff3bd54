-- MySQLShell dump 2.0.1  Distrib Ver 9.5.0 for Linux on x86_64 - for MySQL 9.5.0 (MySQL Community Server (GPL)), for Linux (x86_64)
--
-- Host: db.example    Database: sh    Table: t
-- ------------------------------------------------------
-- Server version	8.0.36

--
-- Table structure for table `t`
--

/*!40101 SET @saved_cs_client     = @@character_set_client */;
/*!50503 SET character_set_client = utf8mb4 */;
CREATE TABLE IF NOT EXISTS `t` (
  `id` int NOT NULL,
  `s` varchar(40) DEFAULT NULL,
  `d` date DEFAULT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci;
/*!40101 SET character_set_client = @saved_cs_client */;
