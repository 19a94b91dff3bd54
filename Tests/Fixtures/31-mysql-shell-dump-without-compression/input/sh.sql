-- MySQLShell dump 2.0.1  Distrib Ver 9.5.0 for Linux on x86_64 - for MySQL 9.5.0 (MySQL Community Server (GPL)), for Linux (x86_64)
--
-- Host: db.example    Database: sh
-- ------------------------------------------------------
-- Server version	8.0.36
--
-- Dumping database 'sh'
--

CREATE DATABASE /*!32312 IF NOT EXISTS*/ `sh` /*!40100 DEFAULT CHARACTER SET utf8mb4 */;
