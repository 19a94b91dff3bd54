/*!40101 SET NAMES utf8mb4 */;
CREATE TABLE `t` (`id` int, `d` date);
INSERT INTO `t` VALUES (1, '2024-01-01'), (2, 20240101);
