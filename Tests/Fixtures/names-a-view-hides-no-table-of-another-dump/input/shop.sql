CREATE TABLE `report` (`id` int);
INSERT INTO `report` VALUES (2);
