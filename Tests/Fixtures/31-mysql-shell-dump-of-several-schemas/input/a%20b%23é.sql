-- MySQLShell dump 2.0.1  Distrib Ver 9.5.0 for Linux on x86_64 - for MySQL 9.5.0 (MySQL Community Server (GPL)), for Linux (x86_64)
--
-- Host: db.example    Database: a b#é
-- ------------------------------------------------------
-- Server version	8.0.36
--
-- Dumping database 'a b#é'
--

CREATE DATABASE /*!32312 IF NOT EXISTS*/ `a b#é` /*!40100 DEFAULT CHARACTER SET utf8mb4 */;
