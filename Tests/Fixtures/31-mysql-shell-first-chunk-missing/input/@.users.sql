-- MySQLShell dump 2.0.1
CREATE USER IF NOT EXISTS 'root'@'localhost' IDENTIFIED BY 'x';
