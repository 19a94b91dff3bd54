CREATE TABLE `k` (`a` int, `b` text, `c` int, `d` int) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
ALTER TABLE `k` MODIFY COLUMN `b` blob NOT NULL, DROP `c`, ADD (`e` varbinary(9), KEY (`a`)), CHANGE `d` `f` bit(8) FIRST, ADD INDEX (`a`);
ALTER TABLE `k` RENAME COLUMN `a` TO `id`;
RENAME TABLE `k` TO `l`;
INSERT INTO `l` VALUES (b'101',1,'x','y');
