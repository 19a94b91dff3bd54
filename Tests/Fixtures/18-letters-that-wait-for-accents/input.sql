CREATE TABLE t (a varchar(10), b varchar(9));
INSERT INTO t VALUES ("аба", "щ");
