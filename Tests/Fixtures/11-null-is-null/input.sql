-- MySQL dump 10.13
CREATE TABLE `t` (`a` int, `b` text, `c` blob);
INSERT INTO `t` VALUES (NULL,'NULL',NULL),(1,NULL,''),(NULL,NULL,NULL);
-- Dump completed on 2026-01-01
