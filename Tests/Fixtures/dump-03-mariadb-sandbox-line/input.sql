/*M!999999\- enable the sandbox mode */ 
-- MariaDB dump 10.19
CREATE TABLE `t` (`a` int, `s` text);
INSERT INTO `t` VALUES
(1,'x'),
(2,'y');
-- Dump completed on 2026-01-01
