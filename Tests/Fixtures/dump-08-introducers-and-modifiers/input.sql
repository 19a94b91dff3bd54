-- MySQL dump 10.13
CREATE TABLE `t` (`a` int, `s` text);
INSERT DELAYED IGNORE INTO `t` VALUES (1,N'x');
REPLACE INTO `t` VALUES (2,_utf8mb4'y');
DO SETVAL(`s`, 5, 0);
-- Dump completed on 2026-01-01
