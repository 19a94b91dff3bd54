-- MySQLShell dump 2.0.1  Distrib Ver 9.7.0 for Linux on x86_64
--
-- Host: localhost    Database: sh    Table: t
-- ------------------------------------------------------
-- Server version	8.4.0

--
-- Table structure for table `t`
--

/*!40101 SET @saved_cs_client     = @@character_set_client */;
/*!50503 SET character_set_client = utf8mb4 */;
CREATE TABLE IF NOT EXISTS `t` (
  `id` int NOT NULL,
  `b` blob,
  `h` varbinary(9) DEFAULT NULL,
  `n` bit(9) DEFAULT NULL,
  `s` varchar(20) DEFAULT NULL,
  `g` int GENERATED ALWAYS AS (`id`) VIRTUAL,
  `j` json,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
/*!40101 SET character_set_client = @saved_cs_client */;
