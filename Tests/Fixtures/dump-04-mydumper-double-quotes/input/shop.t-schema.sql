/*!40101 SET NAMES binary*/;
CREATE TABLE `t` (`a` int, `s` varchar(9) CHARACTER SET gbk);
