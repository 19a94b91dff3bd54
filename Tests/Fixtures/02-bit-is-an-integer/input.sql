-- MySQL dump 10.13
CREATE TABLE `t` (`a` bit(1), `b` bit(8), `c` bit(64));
INSERT INTO `t` VALUES (b'1',0x0A,0xFFFFFFFFFFFFFFFF),('\0','''',b'0'),(_binary '','\n','\0\0\0\0\0\0\0'),(1,255,NULL);
-- Dump completed on 2026-01-01
