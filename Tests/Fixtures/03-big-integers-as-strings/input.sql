-- MySQL dump 10.13
CREATE TABLE `t` (`i` int, `u` bigint unsigned, `s` bigint, `b` bit(60), `k` tinyint);
INSERT INTO `t` VALUES (-2147483648,18446744073709551615,-9223372036854775808,b'1',127),(0,0,9007199254740993,NULL,-128);
-- Dump completed on 2026-01-01
