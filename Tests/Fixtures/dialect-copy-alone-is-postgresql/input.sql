CREATE TABLE t (a int, b text);
COPY t FROM stdin WITH (FORMAT csv);
1,x
2,
\.
