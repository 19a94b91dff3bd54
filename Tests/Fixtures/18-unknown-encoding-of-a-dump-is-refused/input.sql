CREATE TABLE `t` (`c` varchar(9));
INSERT INTO `t` VALUES ('x');
