CREATE TABLE notes (id integer, body text);
COPY notes (id, body) FROM stdin;
1	-- MySQL dump\nLOCK TABLES `t` WRITE;\nDELIMITER ;;
2	C:\\new
3	fe80::1
\.
