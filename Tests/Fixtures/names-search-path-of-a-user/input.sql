\connect shop joe
SET client_encoding = 'UTF8';
CREATE TABLE t (n integer);
INSERT INTO t VALUES ('1');
CREATE SCHEMA joe;
CREATE TABLE t (n integer);
INSERT INTO t VALUES ('2');
SET ROLE anna;
INSERT INTO t VALUES ('3');
SET SESSION AUTHORIZATION joe;
INSERT INTO t VALUES ('4');
\connect - anna
INSERT INTO t VALUES ('5');
\c "dbname='shop' user=joe"
INSERT INTO t VALUES ('6');
