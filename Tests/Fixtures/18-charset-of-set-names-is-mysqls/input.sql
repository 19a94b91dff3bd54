/*!40101 SET NAMES sjis */;
CREATE TABLE `t` (`c` varchar(9), `d` varchar(9));
INSERT INTO `t` VALUES ('ÅaÉ\','\nï\');
