-- MySQL dump 10.13
SET NAMES latin1;
CREATE TABLE `t` (`s` text);
INSERT INTO `t` VALUES ('café €');
-- Dump completed on 2026-01-01
