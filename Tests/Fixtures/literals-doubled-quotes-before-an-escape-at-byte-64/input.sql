-- MySQL dump 10.13
CREATE TABLE `t` (`s` text, `d` text);
INSERT INTO `t` VALUES ('''aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\nb',"""aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\nb");
-- Dump completed on 2026-01-01
