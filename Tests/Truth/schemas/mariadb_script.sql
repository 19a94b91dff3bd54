# A script as people write them by hand: many spellings of a literal, of INSERT, of a comment.
CREATE DATABASE IF NOT EXISTS `truth_script` DEFAULT CHARSET utf8mb4;
USE truth_script
;
SET NAMES utf8mb4; -- a comment; with a semicolon
create table if not exists words (id int primary key, t text, b blob, d double, n decimal(8,2), f bit(8)) comment 'x';
insert into words values (1, N'national', x'00ff', .5, 1.10, b'101'),(2,_utf8mb4'é',X'41',0.5,+2.00,0b11) , (3 , 'on two
lines', 0x4142, -0.25, -3.00, 5);
INSERT words VALUE (4, "double ""quotes"" 'inside'", _binary 'raw\'', 100000, 0.00, b'11111111');
INSERT INTO words (id, t) VALUES (5, 'it''s');
insert low_priority ignore into truth_script . words (id, `t`) values (6, 'a\
b\%\_\q'), (7, n'x'), (8, x'c3a9');
REPLACE INTO `truth_script`.`words` (id, t, d) VALUES (9, '9', FALSE), (10, NULL, TRUE), (11, /* inline */ 'x' -- to the end; of the line
, 1);
INSERT INTO words (id, d) VALUES (12, 1), (13, +1);
INSERT INTO words (id, t) VALUES (17, 'é\0\Z\b\t'), (18, '/* no comment */ -- nor this # nor this') ON DUPLICATE KEY UPDATE t = VALUES(t);
/*!40000 INSERT INTO words (id, t) VALUES (19, 'in a version comment') */;
/*M!100000 INSERT INTO words (id, t) VALUES (20, 'in a MariaDB comment') */;
insert into words (id, t) values (22, TRUE), (23, false), (24, 12), (25, 1.50), (26, 0);
LOCK TABLES words WRITE; UNLOCK TABLES; COMMIT;
create table other (a int, b varchar(10) default 'x;y') engine = InnoDB default charset = latin1;
insert into other values (1, 'é'), (4, True), (5, 70);
insert into other values (2, 'ü'),
-- a comment between rows
(3, 'ÿ'); insert into words (id) values (31)
