-- MySQL dump 10.13
USE `shop`;
CREATE TABLE `e` (`a` int);
CREATE TABLE `t` (`a` int);
INSERT INTO `t` VALUES (1);
-- Dump completed on 2026-01-01
