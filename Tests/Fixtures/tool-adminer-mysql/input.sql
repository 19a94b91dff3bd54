-- Adminer 4.8.1 MySQL 8.0.36 dump

SET NAMES utf8;
SET time_zone = '+00:00';
SET foreign_key_checks = 0;
SET sql_mode = 'NO_AUTO_VALUE_ON_ZERO';

SET NAMES utf8mb4;

DELIMITER ;;

DROP PROCEDURE IF EXISTS `refill`;;
CREATE PROCEDURE `refill` ()
BEGIN
  INSERT INTO `items` (`id`) VALUES (100);
END;;

DELIMITER ;

DROP TABLE IF EXISTS `items`;
CREATE TABLE `items` (
  `id` int NOT NULL AUTO_INCREMENT,
  `name` varchar(60) DEFAULT NULL COMMENT 'it''s; a "name"',
  `price` decimal(10,2) DEFAULT '0.00',
  `data` blob,
  `at` datetime DEFAULT CURRENT_TIMESTAMP,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

TRUNCATE `items`;
INSERT INTO `items` (`id`, `name`, `price`, `data`, `at`) VALUES
(1,	'it\'s \"here\" in C:\\new',	1.10,	'text',	'2026-01-01 00:00:00'),
(2,	'two\r\nlines; 中 😀',	-0.50,	NULL,	NULL),
(3,	NULL,	NULL,	'',	'0000-00-00 00:00:00');

DROP VIEW IF EXISTS `cheap`;
CREATE TABLE `cheap` (`id` int, `name` varchar(60));


DROP TABLE IF EXISTS `cheap`;
CREATE ALGORITHM=UNDEFINED SQL SECURITY DEFINER VIEW `cheap` AS select `items`.`id` AS `id`,`items`.`name` AS `name` from `items`;

-- 2026-01-01 00:00:00
