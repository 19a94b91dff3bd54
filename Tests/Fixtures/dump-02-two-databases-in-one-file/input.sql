-- MySQL dump 10.13
CREATE DATABASE `a`;
USE `a`;
CREATE TABLE `t` (`x` int);
INSERT INTO `t` VALUES (1);
USE `b`;
CREATE TABLE `t` (`x` int);
INSERT INTO `t` VALUES (2);
INSERT INTO `a`.`t` VALUES (3);
-- Dump completed on 2026-01-01
