/*!40101 SET NAMES windows1253 */;
CREATE TABLE `t` (`c` varchar(9));
INSERT INTO `t` VALUES ('x');
