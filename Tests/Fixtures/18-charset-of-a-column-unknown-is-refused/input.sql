/*!40101 SET NAMES binary */;
CREATE TABLE `t` (`c` varchar(9) CHARACTER SET klingon);
INSERT INTO `t` VALUES ('x');
