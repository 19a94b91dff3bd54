/*
SQLyog Ultimate v13.1.9 (64 bit)
MySQL - 8.0.36 : Database - shop
*********************************************************************
*/

/*!40101 SET NAMES utf8 */;

/*!40101 SET SQL_MODE=''*/;

/*!40014 SET @OLD_UNIQUE_CHECKS=@@UNIQUE_CHECKS, UNIQUE_CHECKS=0 */;
/*!40014 SET @OLD_FOREIGN_KEY_CHECKS=@@FOREIGN_KEY_CHECKS, FOREIGN_KEY_CHECKS=0 */;
/*!40101 SET @OLD_SQL_MODE=@@SQL_MODE, SQL_MODE='NO_AUTO_VALUE_ON_ZERO' */;
/*!40111 SET @OLD_SQL_NOTES=@@SQL_NOTES, SQL_NOTES=0 */;
CREATE DATABASE /*!32312 IF NOT EXISTS*/`shop` /*!40100 DEFAULT CHARACTER SET utf8mb4 */;

USE `shop`;

/*Table structure for table `items` */

DROP TABLE IF EXISTS `items`;

CREATE TABLE `items` (
  `id` int NOT NULL AUTO_INCREMENT,
  `name` varchar(60) DEFAULT NULL COMMENT 'it''s; a "name"',
  `price` decimal(10,2) DEFAULT '0.00',
  `flags` bit(4) DEFAULT NULL,
  `data` blob,
  `at` datetime DEFAULT CURRENT_TIMESTAMP,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB AUTO_INCREMENT=4 DEFAULT CHARSET=utf8mb4;

/*Data for the table `items` */

LOCK TABLES `items` WRITE;

insert  into `items`(`id`,`name`,`price`,`flags`,`data`,`at`) values 

(1,'it\'s \"here\" in C:\\new','1.10',b'0101','text','2026-01-01 00:00:00'),

(2,'two\r\nlines; 中','-0.50',NULL,NULL,NULL),

(3,NULL,NULL,b'0000','','0000-00-00 00:00:00');

UNLOCK TABLES;

/* Trigger structure for table `items` */

DELIMITER $$

/*!50003 DROP TRIGGER*//*!50032 IF EXISTS */ /*!50003 `before_items` */$$

/*!50003 CREATE */ /*!50003 TRIGGER `before_items` BEFORE UPDATE ON `items` FOR EACH ROW BEGIN
  SET NEW.name = 'insert  into `items`(`id`) values (100);';
END */$$


DELIMITER ;

/*!40101 SET SQL_MODE=@OLD_SQL_MODE */;
/*!40014 SET FOREIGN_KEY_CHECKS=@OLD_FOREIGN_KEY_CHECKS */;
/*!40014 SET UNIQUE_CHECKS=@OLD_UNIQUE_CHECKS */;
/*!40111 SET SQL_NOTES=@OLD_SQL_NOTES */;
