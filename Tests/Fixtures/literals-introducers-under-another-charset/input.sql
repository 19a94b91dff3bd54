SET NAMES latin1;
CREATE TABLE `k` (`a` int, `t` varchar(9)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `k` VALUES (1,'é'),(2,_utf8mb4'Ã©'),(3,N'Ã©'),(4,CONVERT('é' USING utf8mb4)),(5,_utf8mb4 0xC3A9);
INSERT INTO `u` VALUES (_utf8mb4 0xC3A9,0xC3A9);
