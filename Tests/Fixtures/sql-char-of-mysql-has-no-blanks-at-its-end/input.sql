CREATE TABLE `t` (`a` char(4), `b` varchar(4), `c` national char(3), `d` char(4) CHARACTER SET latin1) ENGINE=InnoDB;
INSERT INTO `t` VALUES ('ab  ','ab  ','x ','  '),('a b','',N'y ',5);
