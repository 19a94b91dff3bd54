-- MySQL dump 10.13
CREATE TABLE `t` (`a` int, `g` int GENERATED ALWAYS AS (`a` + 1) STORED, `b` text);
INSERT INTO `t` VALUES (1,2,'x');
-- Dump completed on 2026-01-01
