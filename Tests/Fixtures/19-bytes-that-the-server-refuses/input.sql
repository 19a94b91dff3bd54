/*!40101 SET NAMES binary */;
CREATE TABLE `t` (`c` varchar(9) CHARACTER SET greek);
INSERT INTO `t` VALUES ('aÿ');
