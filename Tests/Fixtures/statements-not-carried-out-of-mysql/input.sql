CREATE TABLE `k` (`a` int) ENGINE=InnoDB;
LOAD DATA LOCAL INFILE 'k.txt' INTO TABLE `k`;
INSERT INTO `k` VALUES (1);
UPDATE `k` SET a = 2;
UPDATE `k` SET a = 3;
source more.sql
RENAME TABLE `k` TO `l`;
