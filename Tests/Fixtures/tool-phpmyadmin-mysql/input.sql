-- phpMyAdmin SQL Dump
-- version 5.2.1
-- https://www.phpmyadmin.net/
--
-- Host: localhost:3306
-- Generation Time: Jan 01, 2026 at 12:00 AM
-- Server version: 10.11.6-MariaDB
-- PHP Version: 8.2.7

SET SQL_MODE = "NO_AUTO_VALUE_ON_ZERO";
START TRANSACTION;
SET time_zone = "+00:00";


/*!40101 SET @OLD_CHARACTER_SET_CLIENT=@@CHARACTER_SET_CLIENT */;
/*!40101 SET @OLD_CHARACTER_SET_RESULTS=@@CHARACTER_SET_RESULTS */;
/*!40101 SET @OLD_COLLATION_CONNECTION=@@COLLATION_CONNECTION */;
/*!40101 SET NAMES utf8mb4 */;

--
-- Database: `shop`
--
CREATE DATABASE IF NOT EXISTS `shop` DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci;
USE `shop`;

DELIMITER $$
--
-- Procedures
--
CREATE DEFINER=`root`@`localhost` PROCEDURE `refill` ()   BEGIN
  INSERT INTO `items` (`id`) VALUES (100);
END$$

DELIMITER ;

-- --------------------------------------------------------

--
-- Table structure for table `items`
--

CREATE TABLE `items` (
  `id` int(11) NOT NULL,
  `name` varchar(60) DEFAULT NULL COMMENT 'it''s; a "name"',
  `price` decimal(10,2) DEFAULT 0.00,
  `flags` bit(4) DEFAULT NULL,
  `data` blob DEFAULT NULL,
  `at` datetime DEFAULT current_timestamp()
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;

--
-- Dumping data for table `items`
--

INSERT INTO `items` (`id`, `name`, `price`, `flags`, `data`, `at`) VALUES
(1, 'it\'s \"here\" in C:\\new', '1.10', b'0101', 0x00ff275c, '2026-01-01 00:00:00'),
(2, 'two\r\nlines; 中 😀', '-0.50', NULL, NULL, NULL),
(3, NULL, NULL, b'0000', '', '0000-00-00 00:00:00');

-- --------------------------------------------------------

--
-- Stand-in structure for view `cheap`
-- (See below for the actual view)
--
CREATE TABLE `cheap` (
`id` int(11)
,`name` varchar(60)
);

-- --------------------------------------------------------

--
-- Structure for view `cheap`
--
DROP TABLE IF EXISTS `cheap`;

CREATE ALGORITHM=UNDEFINED DEFINER=`root`@`localhost` SQL SECURITY DEFINER VIEW `cheap`  AS SELECT `items`.`id` AS `id`, `items`.`name` AS `name` FROM `items` WHERE `items`.`price` < 1 ;

--
-- Indexes for dumped tables
--

--
-- Indexes for table `items`
--
ALTER TABLE `items`
  ADD PRIMARY KEY (`id`),
  ADD KEY `by_name` (`name`);

--
-- AUTO_INCREMENT for dumped tables
--

--
-- AUTO_INCREMENT for table `items`
--
ALTER TABLE `items`
  MODIFY `id` int(11) NOT NULL AUTO_INCREMENT, AUTO_INCREMENT=4;
COMMIT;

/*!40101 SET CHARACTER_SET_CLIENT=@OLD_CHARACTER_SET_CLIENT */;
/*!40101 SET CHARACTER_SET_RESULTS=@OLD_CHARACTER_SET_RESULTS */;
/*!40101 SET COLLATION_CONNECTION=@OLD_COLLATION_CONNECTION */;
