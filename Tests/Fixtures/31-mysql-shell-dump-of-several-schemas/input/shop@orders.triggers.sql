-- MySQLShell dump 2.0.1  Distrib Ver 9.5.0 for Linux on x86_64 - for MySQL 9.5.0 (MySQL Community Server (GPL)), for Linux (x86_64)
--
-- Host: db.example    Database: shop    Table: orders
-- ------------------------------------------------------
-- Server version	8.0.36

--
-- Dumping triggers for table 'shop'.'orders'
--

DELIMITER ;;
/*!50003 CREATE TRIGGER `t` BEFORE INSERT ON `orders` FOR EACH ROW SET NEW.id = NEW.id + 1 */ ;;
DELIMITER ;
