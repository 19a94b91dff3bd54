-- MySQL dump 10.13
CREATE TABLE `t` (`a` int);
INSERT INTO `t` VALUES (1);
