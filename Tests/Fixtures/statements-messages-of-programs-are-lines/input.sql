pg_dump: warning: there are circular foreign-key constraints on this table; it's no error:
pg_dump: detail: part
--
-- PostgreSQL database dump
--
SET client_encoding = 'UTF8';
CREATE TABLE public.part (id integer);
COPY public.part (id) FROM stdin;
1
\.
pg_dump: hint: You might not be able to restore
COPY public.part (id) FROM stdin;
2
\.
--
-- PostgreSQL database dump complete
--
