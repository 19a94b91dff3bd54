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
  `id` int
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
/*!40101 SET character_set_client = @saved_cs_client */;
