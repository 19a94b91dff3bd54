/*!40101 SET NAMES binary*/;
CREATE TABLE `k` (`a` int, `j` json, `t` varchar(9)) ENGINE=InnoDB DEFAULT CHARSET=latin1;
INSERT INTO `k` VALUES
(1,CONVERT("{\"q\": \"é\"}" USING UTF8MB4),"�"),
(2,convert(0x5B317D using utf8mb4),CONVERT(0xC3A9 USING utf8mb4)),
(3,CONVERT(_binary"[1, 2]" USING utf8mb4),convert("é" using utf8mb4)),
(4,convert(NULL using utf8mb4),_utf8mb4"é");
