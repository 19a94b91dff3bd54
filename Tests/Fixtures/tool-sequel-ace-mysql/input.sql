# ************************************************************
# Sequel Ace SQL dump
# Version 20062
#
# https://sequel-ace.com/
# https://github.com/Sequel-Ace/Sequel-Ace
#
# Host: localhost (MySQL 8.0.36)
# Database: shop
# Generation Time: 2026-01-01 00:00:00 +0000
# ************************************************************


/*!40101 SET @OLD_CHARACTER_SET_CLIENT=@@CHARACTER_SET_CLIENT */;
/*!40101 SET @OLD_CHARACTER_SET_RESULTS=@@CHARACTER_SET_RESULTS */;
/*!40101 SET @OLD_COLLATION_CONNECTION=@@COLLATION_CONNECTION */;
SET NAMES utf8mb4;
/*!40014 SET @OLD_FOREIGN_KEY_CHECKS=@@FOREIGN_KEY_CHECKS, FOREIGN_KEY_CHECKS=0 */;
/*!40101 SET @OLD_SQL_MODE='NO_AUTO_VALUE_ON_ZERO', SQL_MODE='NO_AUTO_VALUE_ON_ZERO' */;
/*!40111 SET @OLD_SQL_NOTES=@@SQL_NOTES, SQL_NOTES=0 */;


# Dump of table items
# ------------------------------------------------------------

DROP TABLE IF EXISTS `items`;

CREATE TABLE `items` (
  `id` int NOT NULL AUTO_INCREMENT,
  `name` varchar(60) DEFAULT NULL COMMENT 'it''s; a "name"',
  `price` decimal(10,2) DEFAULT '0.00',
  `flags` bit(4) DEFAULT NULL,
  `data` blob,
  `at` datetime DEFAULT CURRENT_TIMESTAMP,
  PRIMARY KEY (`id`),
  KEY `by_name` (`name`)
) ENGINE=InnoDB AUTO_INCREMENT=4 DEFAULT CHARSET=utf8mb4;

LOCK TABLES `items` WRITE;
/*!40000 ALTER TABLE `items` DISABLE KEYS */;

INSERT INTO `items` (`id`, `name`, `price`, `flags`, `data`, `at`)
VALUES
	(1,'it\'s \"here\" in C:\\new',1.10,b'0101',X'00FF275C','2026-01-01 00:00:00'),
	(2,'two\r\nlines; 中 😀',-0.50,NULL,NULL,NULL),
	(3,NULL,NULL,b'0000',X'','0000-00-00 00:00:00');

/*!40000 ALTER TABLE `items` ENABLE KEYS */;
UNLOCK TABLES;



# Dump of view cheap
# ------------------------------------------------------------

DROP TABLE IF EXISTS `cheap`; DROP VIEW IF EXISTS `cheap`;

CREATE TABLE `cheap` (
   `id` INT NOT NULL DEFAULT '0',
   `name` VARCHAR(60) NULL DEFAULT NULL
) ENGINE=MyISAM;





# Replace placeholder table for cheap with correct view syntax
# ------------------------------------------------------------

DROP TABLE `cheap`;

CREATE ALGORITHM=UNDEFINED DEFINER=`root`@`localhost` SQL SECURITY DEFINER VIEW `cheap`
AS SELECT
   `items`.`id` AS `id`,
   `items`.`name` AS `name`
FROM `items`;


/*!40111 SET SQL_NOTES=@OLD_SQL_NOTES */;
/*!40101 SET SQL_MODE=@OLD_SQL_MODE */;
/*!40014 SET FOREIGN_KEY_CHECKS=@OLD_FOREIGN_KEY_CHECKS */;
/*!40101 SET CHARACTER_SET_CLIENT=@OLD_CHARACTER_SET_CLIENT */;
/*!40101 SET CHARACTER_SET_RESULTS=@OLD_CHARACTER_SET_RESULTS */;
/*!40101 SET COLLATION_CONNECTION=@OLD_COLLATION_CONNECTION */;
