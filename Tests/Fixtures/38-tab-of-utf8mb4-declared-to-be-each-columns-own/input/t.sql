-- MySQL dump 10.13  Distrib 9.7.4, for Linux (x86_64)
--
-- Host: localhost    Database: shop
-- ------------------------------------------------------
-- Server version	9.7.4

/*!50503 SET NAMES utf8mb4 */;
CREATE TABLE `t` (
  `n` int,
  `c` varchar(9) CHARACTER SET latin1
) ENGINE=InnoDB;

-- Dump completed on 2026-01-01 00:00:00
