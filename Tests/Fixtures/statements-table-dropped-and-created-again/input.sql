CREATE TABLE `k` (`a` int) ENGINE=InnoDB;
CREATE TABLE `gone` (`a` int) ENGINE=InnoDB;
INSERT INTO `k` VALUES (1),(2);
INSERT INTO `gone` VALUES (1);
DROP TABLE IF EXISTS `k`, `gone`;
CREATE TABLE `k` (`a` int, `b` blob) ENGINE=InnoDB;
INSERT INTO `k` VALUES (3,'x');
