-- MySQL dump 10.13
/*!40101 SET NAMES gbk */;
CREATE TABLE `t` (`id` int, `s` text);
INSERT INTO `t` VALUES (1,'¿\'),(2,'¿\\'x');
-- Dump completed on 2026-01-01
