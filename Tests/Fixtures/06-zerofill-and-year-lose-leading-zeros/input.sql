-- MySQL dump 10.13
CREATE TABLE `t` (`z` int(8) unsigned zerofill, `y` year, `d` decimal(8,2) zerofill);
INSERT INTO `t` VALUES (00000042,0000,000007.50),(00000000,2155,000000.00),(12345678,1901,123456.78);
-- Dump completed on 2026-01-01
