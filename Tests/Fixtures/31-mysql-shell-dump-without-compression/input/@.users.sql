-- MySQLShell dump 2.0.1  Distrib Ver 9.5.0 for Linux on x86_64
--
-- Host: db.example
-- ------------------------------------------------------
-- Server version	8.0.36
--
-- Dumping user accounts
--

-- begin user 'app'@'%'
CREATE USER IF NOT EXISTS 'app'@'%' IDENTIFIED BY 'x';
-- end user 'app'@'%'
