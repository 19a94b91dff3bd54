-- MySQL dump 10.13
CREATE TABLE `t` (`a` int, `b` int DEFAULT 7, `c` text);
INSERT INTO `t` (`c`,`a`) VALUES ('x',1);
INSERT INTO `t` VALUES (1,DEFAULT,'y');
-- Dump completed on 2026-01-01
