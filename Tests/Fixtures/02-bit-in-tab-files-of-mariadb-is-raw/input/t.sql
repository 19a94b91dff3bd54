/*M!999999\- enable the sandbox mode */ 
-- MariaDB dump 10.19  Distrib 10.11.19-MariaDB, for debian-linux-gnu (x86_64)
--
-- Host: localhost    Database: shop
-- ------------------------------------------------------
-- Server version	10.11.19-MariaDB

/*!40101 SET NAMES utf8mb4 */;
CREATE TABLE `t` (
  `n` int,
  `a` bit(1),
  `b` bit(8),
  `c` bit(16),
  `d` bit(64)
) ENGINE=InnoDB;

-- Dump completed on 2026-01-01 00:00:00
