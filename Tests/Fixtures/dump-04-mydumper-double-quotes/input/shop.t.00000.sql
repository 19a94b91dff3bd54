/*!40101 SET NAMES binary*/;
INSERT INTO `t` VALUES(1,"¿\\"),(2,"it's \"");
