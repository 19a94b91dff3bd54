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
SET @saved = @@sql_mode; SET sql_mode = 'NO_BACKSLASH_ESCAPES,ANSI_QUOTES'; insert into "words" (id, t) values (40, 'a\n');
SET @@session.sql_mode := CONCAT(@@sql_mode, ',NO_ZERO_DATE'), @x = 1; insert into words (id, t) values (41, 'b\n');
/*!50003 SET sql_mode = @saved */; insert into words (id, t) values (42, "c\n");
SET CHARACTER SET latin1; insert into words (id, t) values (43, 'é'), (44, _utf8mb4'é'), (45, N'é'), (46, convert('é' using utf8mb4)),
(47, convert(0xC3A9 using utf8mb4)), (48, _utf8mb4 0xC3A9); SET NAMES utf8mb4;
create table again (a int); insert into again values (1); drop table again; create table again (a int, b text); insert into again values (2, 'x');
create table emptied (a int); insert into emptied values (1); truncate emptied; insert into emptied values (2); delete from emptied; insert into emptied values (3);
create table before_it (a int, b text, c int); alter table before_it modify b blob first, drop column c, add (d bit(4), e varchar(9)), rename column a to id;
rename table before_it to altered; insert into altered values ('x', 1, b'11', 'y');
-------- a line of dashes
insert into other values (2, 'ü'),
-- a comment between rows
(3, 'ÿ'); insert into words (id) values (99)
