-- MySQL dump 10.13
CREATE TABLE `t` (`f` float, `d` double);
INSERT INTO `t` VALUES (-0,1.7976931348623157e308),(3.40282e38,2.2250738585072014e-308),(1.0,-0.0);
-- Dump completed on 2026-01-01
