CREATE TABLE t (id int, a varchar(10), b varchar(10) CHARACTER SET latin1) DEFAULT CHARSET=utf8mb4;
INSERT INTO t VALUES (1, TRUE, false), (2, 'TRUE', 'false'), (3, 12, 1.50);
