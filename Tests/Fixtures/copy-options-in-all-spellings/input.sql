SET client_encoding = 'UTF8';
CREATE TABLE public.k (a text, b text);
COPY public.k FROM STDIN WITH (FORMAT 'csv', HEADER match, DELIMITER E'\t', FREEZE, FORCE_NULL (b), NULL 'N');
a	b
x	"N"
N	N
\.
COPY public.k (a, b) FROM stdin USING DELIMITERS '|' WITH NULL AS '-';
y|-
\.
COPY public.k FROM stdin WITH CSV HEADER QUOTE AS '''' FORCE NOT NULL a, b;
a,b
,'q,r'
\.
COPY public.k FROM stdin (ENCODING 'latin1', DELIMITER ',');
é,z
\.
COPY public.k FROM stdin (FORMAT csv, FORCE_NOT_NULL *, HEADER false);
,Ã©
\.
COPY public.undeclared (a, "B") FROM stdin;
\.
