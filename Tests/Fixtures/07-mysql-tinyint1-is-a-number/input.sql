-- MySQL dump 10.13
CREATE TABLE `t` (`b` tinyint(1), `c` boolean);
INSERT INTO `t` VALUES (1,0),(2,1),(-128,true),(NULL,false);
-- Dump completed on 2026-01-01
