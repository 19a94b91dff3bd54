-- MySQL dump 10.13
CREATE TABLE `t` (`s` text);
INSERT INTO `t` VALUES ('a\0b');
-- Dump completed on 2026-01-01
