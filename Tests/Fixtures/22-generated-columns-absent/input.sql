-- MySQL dump 10.13
CREATE TABLE `t` (`a` int, `g` int GENERATED ALWAYS AS (`a` + 1) STORED, `b` text);
INSERT INTO `t` (`a`, `b`) VALUES (1,'x');
INSERT INTO `t` VALUES (3,'y');
-- Dump completed on 2026-01-01
