CREATE TABLE t (a bit(1), b bit(12), c bit(64));
