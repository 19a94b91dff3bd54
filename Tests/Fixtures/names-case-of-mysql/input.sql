CREATE DATABASE `Shop`;
USE `Shop`;
CREATE TABLE `Orders` (`Id` int, `Note` text);
INSERT INTO `orders` (`ID`, `note`) VALUES (1, '1');
INSERT INTO Orders VALUES (2, '2');
CREATE TABLE `Case` (`a` int(3) unsigned zerofill);
CREATE TABLE `case` (`a` varchar(3));
INSERT INTO `Case` VALUES (001);
INSERT INTO `case` VALUES ('002');
