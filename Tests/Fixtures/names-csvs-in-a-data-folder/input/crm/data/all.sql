CREATE TABLE `u` (`id` int);
INSERT INTO `u` VALUES (4);
