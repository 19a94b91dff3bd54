-- MySQL dump 10.13
CREATE TABLE `t` (`id` int, `b` blob, `v` varbinary(8), `f` binary(3), `g` geometry, `s` text);
INSERT INTO `t` VALUES (1,0x00FF41,x'6869',_binary 'a\0b','\0\0\0\0','text'),(2,'','A\'\\','abc',NULL,'0x41');
-- Dump completed on 2026-01-01
