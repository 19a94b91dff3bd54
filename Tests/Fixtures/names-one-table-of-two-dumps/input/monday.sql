-- MySQL dump 10.13
--
-- Host: localhost    Database: shop
-- ------------------------------------------------------
CREATE TABLE `u` (`id` int);
INSERT INTO `u` VALUES (1);
-- Dump completed
