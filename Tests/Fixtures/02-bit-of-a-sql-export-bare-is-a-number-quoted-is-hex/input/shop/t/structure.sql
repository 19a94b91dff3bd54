CREATE TABLE t (a bit(16), b bit(16));
