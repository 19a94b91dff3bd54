/*!40101 SET NAMES utf8mb4 */;
CREATE TABLE `t` (`id` int, `j` json);
INSERT INTO `t` VALUES (1, '{"a":true}'), (2, TRUE);
