-- --------------------------------------------------------
-- Host:                         127.0.0.1
-- Server version:               10.11.6-MariaDB - MariaDB Server
-- Server OS:                    debian-linux-gnu
-- HeidiSQL Version:             12.6.0.6765
-- --------------------------------------------------------

/*!40101 SET @OLD_CHARACTER_SET_CLIENT=@@CHARACTER_SET_CLIENT */;
/*!40101 SET NAMES utf8 */;
/*!50503 SET NAMES utf8mb4 */;
/*!40103 SET @OLD_TIME_ZONE=@@TIME_ZONE */;
/*!40103 SET TIME_ZONE='+00:00' */;
/*!40014 SET @OLD_FOREIGN_KEY_CHECKS=@@FOREIGN_KEY_CHECKS, FOREIGN_KEY_CHECKS=0 */;
/*!40101 SET @OLD_SQL_MODE=@@SQL_MODE, SQL_MODE='NO_AUTO_VALUE_ON_ZERO' */;
/*!40111 SET @OLD_SQL_NOTES=@@SQL_NOTES, SQL_NOTES=0 */;


-- Dumping database structure for shop
CREATE DATABASE IF NOT EXISTS `shop` /*!40100 DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci */;
USE `shop`;

-- Dumping structure for view shop.cheap
-- Creating temporary table to overcome VIEW dependency errors
CREATE TABLE `cheap` (
	`id` INT(11) NOT NULL,
	`name` VARCHAR(1) NULL COMMENT 'it\'s; a "name"' COLLATE 'utf8mb4_general_ci'
) ENGINE=MyISAM;

-- Dumping structure for table shop.items
CREATE TABLE IF NOT EXISTS `items` (
  `id` int(11) NOT NULL AUTO_INCREMENT,
  `name` varchar(60) DEFAULT NULL COMMENT 'it''s; a "name"',
  `price` decimal(10,2) DEFAULT 0.00,
  `flags` bit(4) DEFAULT NULL,
  `data` blob DEFAULT NULL,
  `at` datetime DEFAULT current_timestamp(),
  PRIMARY KEY (`id`)
) ENGINE=InnoDB AUTO_INCREMENT=4 DEFAULT CHARSET=utf8mb4;

-- Dumping data for table shop.items: ~3 rows (approximately)
DELETE FROM `items`;
/*!40000 ALTER TABLE `items` DISABLE KEYS */;
INSERT INTO `items` (`id`, `name`, `price`, `flags`, `data`, `at`) VALUES
	(1, 'it\'s "here" in C:\\new', 1.10, b'0101', _binary 0x00ff275c, '2026-01-01 00:00:00'),
	(2, 'two\r\nlines; 中 😀', -0.50, NULL, NULL, NULL),
	(3, NULL, NULL, b'0', _binary '', '0000-00-00 00:00:00');
/*!40000 ALTER TABLE `items` ENABLE KEYS */;

-- Dumping structure for trigger shop.before_items
SET @OLDTMP_SQL_MODE=@@SQL_MODE, SQL_MODE='STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION';
DELIMITER //
CREATE TRIGGER `before_items` BEFORE INSERT ON `items` FOR EACH ROW BEGIN
  SET NEW.name = CONCAT(NEW.name, '; INSERT INTO `items` VALUES (100);');
END//
DELIMITER ;
SET SQL_MODE=@OLDTMP_SQL_MODE;

-- Dumping structure for view shop.cheap
-- Removing temporary table and create final VIEW structure
DROP TABLE IF EXISTS `cheap`;
CREATE ALGORITHM=UNDEFINED SQL SECURITY DEFINER VIEW `cheap` AS select `items`.`id` AS `id`,`items`.`name` AS `name` from `items` where `items`.`price` < 1
;

/*!40103 SET TIME_ZONE=IFNULL(@OLD_TIME_ZONE, 'system') */;
/*!40101 SET SQL_MODE=IFNULL(@OLD_SQL_MODE, '') */;
/*!40014 SET FOREIGN_KEY_CHECKS=IFNULL(@OLD_FOREIGN_KEY_CHECKS, 1) */;
/*!40101 SET CHARACTER_SET_CLIENT=@OLD_CHARACTER_SET_CLIENT */;
/*!40111 SET SQL_NOTES=IFNULL(@OLD_SQL_NOTES, 1) */;
