CREATE TABLE `t` (`id` int, `j` json, `k` json);
INSERT INTO `t` VALUES (1,'null','1'),(2,NULL,'[null]'),(3,' null ','"null"');
