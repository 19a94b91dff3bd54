CREATE TABLE `a` (`id` int);
INSERT INTO `a` VALUES (1);
CREATE VIEW `report` AS SELECT * FROM `a`;
