/*!40101 SET NAMES utf8mb4 */;
CREATE TABLE `t` (`id` int, `e` enum('a','b'));
INSERT INTO `t` VALUES (1, 'a'), (2, 2);
