-- MySQL dump 10.13
CREATE TABLE `t` (`d` date, `t` time(6), `dt` datetime(3), `ts` timestamp);
INSERT INTO `t` VALUES ('0000-00-00','-838:59:59.999999','2026-02-30 25:61:61.000','2026-01-01 00:00:00'),('2026-00-00','00:00:00','0000-00-00 00:00:00',NULL);
-- Dump completed on 2026-01-01
