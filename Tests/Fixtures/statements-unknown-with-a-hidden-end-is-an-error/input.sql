CREATE TABLE `k` (`a` int, `s` text);
INSER INTO `k` VALUES (1,'a
INSERT INTO `k` VALUES (2,3);
');
